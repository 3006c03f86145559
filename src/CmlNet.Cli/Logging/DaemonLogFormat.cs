namespace CmlNet.Cli.Logging;

/// <summary>How the daemon writes its log.</summary>
internal enum DaemonLogFormat
{
    /// <summary>A line for people, with its time.</summary>
    Text,

    /// <summary>A line for systemd's journal, which has the time itself and takes the priority from a number in front (sd-daemon(3)).</summary>
    Journal,

    /// <summary>A JSON object on each line.</summary>
    Json,
}

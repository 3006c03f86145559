namespace CmlNet.Cli;

/// <summary>What the process says when it ends; scripts rely on these.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A job or a gate failed, or (as in CML) a publishing command did.</summary>
    public const int Failure = 1;

    /// <summary>Bad usage, or a workflow or configuration that is not valid.</summary>
    public const int Usage = 2;

    /// <summary>No engine can run it.</summary>
    public const int NoEngine = 3;

    /// <summary>Ended by Ctrl-C or SIGTERM, as a shell reports it.</summary>
    public const int Interrupted = 130;
}

namespace CmlNet.Cli;

/// <summary>A failure the user can do something about: printed as one message on standard error, ends the process with <see cref="ExitCode"/>.</summary>
internal sealed class CliException(int exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The command line itself is wrong: its help is shown as well.</summary>
    public bool IsUsage { get; init; }
}

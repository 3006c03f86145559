namespace CmlNet.Dvc.Project;

/// <summary>Something the user can put right: what, where, and what to do. <see cref="ExitCode"/> is DVC's.</summary>
public sealed class DvcException(string message, int exitCode = DvcException.General, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Most failures.</summary>
    public const int General = 255;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 254;

    /// <summary>There is no project here.</summary>
    public const int NotAProject = 253;

    /// <summary>A configuration option is not set.</summary>
    public const int NotConfigured = 251;

    public int ExitCode { get; } = exitCode;
}

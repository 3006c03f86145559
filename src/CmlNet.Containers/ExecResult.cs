namespace CmlNet.Containers;

/// <summary>How a command ended. Exit codes above 128 mean a signal, as in a shell.</summary>
public sealed record ExecResult(int ExitCode);

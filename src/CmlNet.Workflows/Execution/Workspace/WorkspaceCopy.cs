namespace CmlNet.Workflows.Execution.Workspace;

/// <summary>The outcome of a copy: number of regular files, and paths left out because they are sockets, FIFOs or devices.</summary>
internal sealed record WorkspaceCopy(int FileCount, IReadOnlyList<string> Skipped);

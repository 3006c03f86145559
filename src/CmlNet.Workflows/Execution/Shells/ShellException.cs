namespace CmlNet.Workflows.Execution.Shells;

/// <summary>A <c>shell:</c> that cannot be used; the message says which and what to write.</summary>
internal sealed class ShellException(string message) : Exception(message);

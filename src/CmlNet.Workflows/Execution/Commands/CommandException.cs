namespace CmlNet.Workflows.Execution.Commands;

/// <summary>A command that cannot be carried out; the message is for the log.</summary>
internal sealed class CommandException(string message) : Exception(message);

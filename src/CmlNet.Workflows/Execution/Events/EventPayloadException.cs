namespace CmlNet.Workflows.Execution.Events;

/// <summary>An event file that is not a JSON object; the message says where.</summary>
public sealed class EventPayloadException(string message) : Exception(message);

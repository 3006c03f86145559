namespace CmlNet.Runner.Harvest;

/// <summary>Payload of an outbox entry: whose job it is about.</summary>
internal sealed record OutboxJob(string Runner, string Pool);

namespace CmlNet.Runner.Fleet;

/// <summary>A runner that a host has.</summary>
/// <param name="Name">The runner's name, from a label.</param>
/// <param name="Pool">Its pool, from a label.</param>
/// <param name="ContainerId">Null when only a network of it is left.</param>
/// <param name="IsRunning">Its container runs.</param>
/// <param name="HasStarted">False for a container that was created and never started.</param>
internal sealed record HostedRunner(string Name, string Pool, string? ContainerId, bool IsRunning, bool HasStarted);

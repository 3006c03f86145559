namespace CmlNet.Runner.Fleet.Docker;

/// <summary>Where a runner works whose jobs may use the engine.</summary>
/// <param name="Path">The same on the engine's machine and in the container.</param>
/// <param name="SocketGroup">Number of the group that may use the engine's socket.</param>
/// <param name="Mark">Label of what the runner makes itself; null when it is not known.</param>
internal sealed record JobPlace(string Path, string SocketGroup, string? Mark);

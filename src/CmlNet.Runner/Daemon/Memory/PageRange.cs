namespace CmlNet.Runner.Daemon.Memory;

/// <summary>Addresses from the first to behind the last.</summary>
internal sealed record PageRange(ulong Start, ulong End);

namespace CmlNet.Runner.Jobs;

/// <summary>How many runners a pool can have, those alive included.</summary>
internal sealed record PoolCapacity(int Runners, CancellationToken Changed);

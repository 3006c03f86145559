namespace CmlNet.Runner.Control;

internal sealed record PoolStatus
{
    public required string Name { get; init; }

    /// <summary><c>preparing</c>, <c>ready</c>, <c>degraded</c>, <c>outdated</c>, <c>draining</c> or <c>removed</c>.</summary>
    public required string Condition { get; init; }

    public required string Trouble { get; init; }

    public required int Idle { get; init; }

    public required int Busy { get; init; }

    /// <summary>Runners that are being made.</summary>
    public required int Starting { get; init; }

    public required int Max { get; init; }

    public required int MinIdle { get; init; }

    /// <summary>What GitHub is told.</summary>
    public required int Capacity { get; init; }

    public int? Assigned { get; init; }

    public required int Available { get; init; }

    public required int GpusPerJob { get; init; }
}

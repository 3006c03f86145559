namespace CmlNet.Runner.Control;

/// <summary>How the daemon is doing: what <c>cml runner status</c> and the status page show.</summary>
internal sealed record StatusReport
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string Scope { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<PoolStatus> Pools { get; init; }

    public required IReadOnlyList<GpuStatus> Gpus { get; init; }

    public required IReadOnlyList<RunnerStatus> Runners { get; init; }

    public required IReadOnlyList<JobStatus> Jobs { get; init; }

    /// <summary>Reports and reruns still to be posted.</summary>
    public int Outbox { get; init; }
}

using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Fleet.Retired;

/// <summary>What the journal keeps of a pool, for the time after it is taken out of the configuration: nothing secret, and nothing that only new runners need.</summary>
internal sealed record KeptPool
{
    /// <summary>As the journal has it.</summary>
    public required string Name { get; init; }

    /// <summary>As GitHub has it: the name of its scale set.</summary>
    public required string ScaleSet { get; init; }

    /// <summary>Address of the organization, repository or enterprise that its runners belong to.</summary>
    public required string Scope { get; init; }

    public required JobSourceKind Mode { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    public required string RunnerGroup { get; init; }

    public required int Gpus { get; init; }

    public required TimeSpan? JobTimeout { get; init; }

    public required TimeSpan StartTimeout { get; init; }

    public required TimeSpan AfterJob { get; init; }

    public required int Reruns { get; init; }

    public required ReportSettings Report { get; init; }

    public static KeptPool Of(PoolConfiguration pool, RunnerConfiguration configuration) => new()
    {
        Name = pool.Name,
        ScaleSet = pool.Name,
        Scope = configuration.Scope.ToString(),
        Mode = pool.Mode,
        Labels = pool.Labels,
        RunnerGroup = configuration.RunnerGroup,
        Gpus = pool.Shape.Gpus,
        JobTimeout = pool.JobTimeout,
        StartTimeout = pool.StartTimeout,
        AfterJob = pool.AfterJob,
        Reruns = pool.Reruns,
        Report = pool.Report,
    };

    /// <summary>As a pool that may have no runner beyond those it has.</summary>
    public PoolConfiguration ToPool() => new()
    {
        Name = Name,
        Labels = Labels,
        Mode = Mode,
        Max = 0,
        Shape = new PoolShape { Gpus = Gpus },
        JobTimeout = JobTimeout,
        StartTimeout = StartTimeout,
        AfterJob = AfterJob,
        Reruns = Reruns,
        Report = Report,
    };

    /// <summary>Its runners are registered where those of the other are.</summary>
    public bool IsBeside(KeptPool other) =>
        Scope.TrimEnd('/').Equals(other.Scope.TrimEnd('/'), StringComparison.OrdinalIgnoreCase) && (Mode == JobSourceKind.ScaleSet) == (other.Mode == JobSourceKind.ScaleSet);
}

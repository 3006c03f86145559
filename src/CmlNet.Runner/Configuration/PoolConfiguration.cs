namespace CmlNet.Runner.Configuration;

/// <summary>Runners of one shape: one scale set, or one set of labels.</summary>
internal sealed record PoolConfiguration
{
    public const string DefaultImage = "ghcr.io/actions/actions-runner:latest";

    public required string Name { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    public JobSourceKind Mode { get; init; } = JobSourceKind.ScaleSet;

    public string Image { get; init; } = DefaultImage;

    /// <summary>Ask the registry at every start of the daemon.</summary>
    public bool AlwaysPull { get; init; }

    /// <summary>What starts the runner inside the image.</summary>
    public IReadOnlyList<string> Command { get; init; } = ["/home/runner/run.sh"];

    public PoolShape Shape { get; init; } = new();

    /// <summary>Runners kept waiting for a job.</summary>
    public int MinIdle { get; init; }

    public int Max { get; init; } = 1;

    public IReadOnlyList<CacheMount> Caches { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary><c>own</c> (one for each job), <c>shared</c> (the engine's default), <c>none</c>, or a network's name.</summary>
    public string Network { get; init; } = "own";

    /// <summary>Only jobs of people who may write to the repository run here.</summary>
    public bool IsTrusted { get; init; } = true;

    /// <summary>Jobs get the engine's socket: as good as root on this machine.</summary>
    public bool HasEngineSocket { get; init; }

    /// <summary>Longest a job may take; null for no limit of ours.</summary>
    public TimeSpan? JobTimeout { get; init; }

    /// <summary>Longest a container may take until its runner has registered.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Longest a runner may be there after its job's end; it goes on while it uploads something.</summary>
    public TimeSpan AfterJob { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a job that was lost with its container is asked for again.</summary>
    public int Reruns { get; init; }

    public ReportSettings Report { get; init; } = new();
}

namespace CmlNet.Runner.Configuration;

/// <summary>A checked <c>runner.yaml</c>: everything the daemon needs to know, with the defaults filled in.</summary>
internal sealed record RunnerConfiguration
{
    /// <summary>The name looked for when no other is given.</summary>
    public const string FileName = "runner.yaml";

    /// <summary>Address of the organization, repository or enterprise that the runners belong to.</summary>
    public required Uri Scope { get; init; }

    public required Authentication Authentication { get; init; }

    /// <summary>Name of this daemon among others of the same scope; part of the runners' names.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the folder with the journal and the reports still to be posted.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Absolute path of the control socket.</summary>
    public required string SocketPath { get; init; }

    public string Engine { get; init; } = "docker";

    public string RunnerGroup { get; init; } = "default";

    /// <summary>PEM file with certificates to trust besides the system's.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>How long busy runners may go on after the first SIGTERM.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromMinutes(30);

    public GpuConfiguration Gpus { get; init; } = new();

    public DiskConfiguration Disk { get; init; } = new();

    public IdleConfiguration Idle { get; init; } = new();

    public PreemptionConfiguration Preemption { get; init; } = new();

    public WebConfiguration? Web { get; init; }

    public WebhookConfiguration? Webhook { get; init; }

    public required IReadOnlyList<PoolConfiguration> Pools { get; init; }

    /// <summary>Volumes and folders of this machine that jobs keep things in.</summary>
    public IReadOnlySet<string> Caches => Pools.SelectMany(pool => pool.Caches).Select(cache => cache.Source).ToHashSet(StringComparer.Ordinal);
}

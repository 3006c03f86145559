namespace CmlNet.Containers.Docker.Wire;

// Engine API v1.41 names its properties in PascalCase: member names are the wire names.
internal sealed record ContainerCreateRequest
{
    public required string Image { get; init; }

    public string? Hostname { get; init; }

    public string? User { get; init; }

    public IReadOnlyList<string>? Env { get; init; }

    public IReadOnlyList<string>? Cmd { get; init; }

    public IReadOnlyList<string>? Entrypoint { get; init; }

    public string? WorkingDir { get; init; }

    public string? StopSignal { get; init; }

    public int? StopTimeout { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyDictionary<string, EmptyObject>? ExposedPorts { get; init; }

    /// <summary>New ones, without a name.</summary>
    public IReadOnlyDictionary<string, EmptyObject>? Volumes { get; init; }

    public HealthConfig? Healthcheck { get; init; }

    public required HostConfig HostConfig { get; init; }

    public NetworkingConfig? NetworkingConfig { get; init; }
}

internal sealed record EmptyObject;

/// <summary>Durations are nanoseconds; 0 or absent inherits the image's.</summary>
internal sealed record HealthConfig
{
    public IReadOnlyList<string>? Test { get; init; }

    public long? Interval { get; init; }

    public long? Timeout { get; init; }

    public long? StartPeriod { get; init; }

    public int? Retries { get; init; }
}

internal sealed record NetworkingConfig
{
    public required IReadOnlyDictionary<string, EndpointSettings> EndpointsConfig { get; init; }
}

internal sealed record EndpointSettings
{
    public IReadOnlyList<string>? Aliases { get; init; }
}

internal sealed record IdResponse
{
    public required string Id { get; init; }
}

internal sealed record ContainerInspect
{
    public required string Id { get; init; }

    public required ContainerStateWire State { get; init; }

    public NetworkSettingsWire? NetworkSettings { get; init; }
}

internal sealed record ContainerStateWire
{
    public string? Status { get; init; }

    public bool Running { get; init; }

    public bool OOMKilled { get; init; }

    public int ExitCode { get; init; }

    public string? Error { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public HealthWire? Health { get; init; }
}

internal sealed record HealthWire
{
    public string? Status { get; init; }
}

internal sealed record NetworkSettingsWire
{
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Ports { get; init; }
}

internal sealed record ContainerSummary
{
    public required string Id { get; init; }

    public IReadOnlyList<string>? Names { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string? State { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public long Created { get; init; }
}

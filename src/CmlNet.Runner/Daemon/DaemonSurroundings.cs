using CmlNet.Containers;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Runner.Jobs.GitHub.ScaleSets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Daemon;

/// <summary>What the daemon needs of its process, so that tests can give it something else.</summary>
internal sealed record DaemonSurroundings
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Reads a variable of the environment.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Path of the program to mount into containers for the report; null for none.</summary>
    public string? OwnProgram { get; init; }

    public required string Version { get; init; }

    /// <summary>Another host than the engine's.</summary>
    public IRunnerHost? Host { get; init; }

    public IContainerEngine? Engine { get; init; }

    public GitHubRetries Retries { get; init; } = new();

    public FleetTimes FleetTimes { get; init; } = new();

    public ScaleSetTimes ScaleSetTimes { get; init; } = new();

    public RestTimes RestTimes { get; init; } = new();

    public DaemonTimes Times { get; init; } = new();

    /// <summary>Told of everything that happens to jobs, for records on standard error.</summary>
    public Action<DaemonEvent>? OnEvent { get; init; }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Containers;

/// <summary>What an engine needs from its surroundings.</summary>
public sealed record EngineContext
{
    /// <summary>Clock of every delay and timeout.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Receives what cleanup could not do and what was retried.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Reads a variable of the environment: <c>DOCKER_HOST</c>, <c>DOCKER_CONFIG</c>, <c>XDG_RUNTIME_DIR</c>, <c>HOME</c>, <c>PATH</c>.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}

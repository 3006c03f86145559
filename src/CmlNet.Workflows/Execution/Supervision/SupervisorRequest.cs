using System.Text.Json.Serialization;

namespace CmlNet.Workflows.Execution.Supervision;

/// <summary>One command for the supervisor.</summary>
internal sealed record SupervisorRequest
{
    public required IReadOnlyList<string> Command { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>Milliseconds between SIGINT and SIGTERM.</summary>
    public required double AfterInterrupt { get; init; }

    /// <summary>Milliseconds between SIGTERM and SIGKILL.</summary>
    public required double AfterTerminate { get; init; }
}

[JsonSerializable(typeof(SupervisorRequest))]
internal sealed partial class SupervisorJson : JsonSerializerContext;

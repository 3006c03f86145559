using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Fleet;

/// <summary>Everything that is known of a runner before it exists.</summary>
internal sealed record RunnerPlan
{
    public required string Name { get; init; }

    public required PoolConfiguration Pool { get; init; }

    /// <summary>UUIDs.</summary>
    public required IReadOnlyList<string> Gpus { get; init; }

    public required long RunnerId { get; init; }

    /// <summary>A secret: it goes into a file inside the container, never into its environment or labels.</summary>
    public required string JitConfiguration { get; init; }

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Name} ({Pool.Name}, GPUs {string.Join(", ", Gpus)})";
}

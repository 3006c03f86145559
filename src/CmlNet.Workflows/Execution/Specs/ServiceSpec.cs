using CmlNet.Containers;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>One entry of a job's <c>services:</c>, evaluated. Its container is reachable in the job's network under <see cref="Id"/>.</summary>
public sealed record ServiceSpec
{
    public required string Id { get; init; }

    public required ImageRequest Image { get; init; }

    /// <summary>Without name, network and labels, which are known only when the job starts.</summary>
    public required ContainerSpec Container { get; init; }

    /// <summary>Where the job finds the service's ports.</summary>
    public IReadOnlyList<ServicePort> Ports { get; init; } = [];
}

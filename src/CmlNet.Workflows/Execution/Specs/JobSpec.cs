using CmlNet.Containers;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>One leg of a job, ready to run: every expression that decides how it starts is evaluated. Printed by <c>cml run --plan</c>.</summary>
public sealed record JobSpec
{
    public required Job Job { get; init; }

    /// <summary>As GitHub shows it: <c>job (v1, v2)</c>.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The workflow's <c>container:</c> was given (and not empty): scripts then run in <c>sh</c>, not <c>bash</c>.</summary>
    public required bool HasContainer { get; init; }

    public required ImageRequest Image { get; init; }

    /// <summary>Where the image was decided: <c>container</c>, <c>--image</c>, <c>cml.yaml</c>, <c>default</c>.</summary>
    public required string ImageSource { get; init; }

    /// <summary>Name, network, labels and the folders of the run are known only when the job starts.</summary>
    public required ContainerSpec Container { get; init; }

    /// <summary><c>container.options</c> as given; what they mean is in <see cref="Container"/>.</summary>
    public string ContainerOptions { get; init; } = "";

    public IReadOnlyList<ServiceSpec> Services { get; init; } = [];

    /// <summary>Ids of services whose image is empty: they are left out.</summary>
    public IReadOnlyList<string> SkippedServices { get; init; } = [];

    public required TimeSpan Timeout { get; init; }

    /// <summary>How long its last steps may take once it is cancelled.</summary>
    public required TimeSpan CancelTimeout { get; init; }

    public required bool ContinueOnError { get; init; }
}

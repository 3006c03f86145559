using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Manifests;

/// <summary>How an action runs: its <c>runs:</c>.</summary>
internal abstract record ActionRuns;

/// <summary><c>using: composite</c>.</summary>
internal sealed record CompositeRuns(IReadOnlyList<Step> Steps) : ActionRuns;

/// <summary><c>using: node20</c> and its like; conditions are normalised.</summary>
internal sealed record NodeRuns(int Version, string Main) : ActionRuns
{
    public string? Pre { get; init; }

    public string PreCondition { get; init; } = "always()";

    public string? Post { get; init; }

    public string PostCondition { get; init; } = "always()";
}

/// <summary><c>using: docker</c>.</summary>
internal sealed record DockerRuns(string Image) : ActionRuns
{
    public string? Entrypoint { get; init; }

    public string? PreEntrypoint { get; init; }

    public string PreCondition { get; init; } = "always()";

    public string? PostEntrypoint { get; init; }

    public string PostCondition { get; init; } = "always()";

    public SequenceToken? Arguments { get; init; }

    public TemplateToken? Environment { get; init; }
}

using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Manifests;

/// <summary>An <c>action.yml</c> as written.</summary>
internal sealed record ActionManifest
{
    /// <summary>The file, as messages name it.</summary>
    public required string Path { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<ActionInputDefinition> Inputs { get; init; } = [];

    /// <summary>Outputs with a value of their own (composite actions); others are set by the action's process.</summary>
    public IReadOnlyList<KeyValuePair<string, TemplateToken>> Outputs { get; init; } = [];

    public required ActionRuns Runs { get; init; }
}

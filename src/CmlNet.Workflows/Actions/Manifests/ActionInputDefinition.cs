using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Manifests;

/// <summary>An input that an action declares.</summary>
internal sealed record ActionInputDefinition
{
    public required string Name { get; init; }

    public TemplateToken? Default { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Printed when the input is given.</summary>
    public string? Deprecation { get; init; }
}

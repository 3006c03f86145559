namespace CmlNet.Workflows.Model;

/// <summary>A parsed and checked workflow file. Tokens are unevaluated.</summary>
public sealed record Workflow
{
    /// <summary>Path from the repository root, e.g. <c>.github/workflows/cml.yml</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The file's <c>name:</c>; null when it has none (GitHub then shows the path).</summary>
    public string? Name { get; init; }

    public TemplateToken? RunName { get; init; }

    public required WorkflowTriggers Triggers { get; init; }

    public MappingToken? Environment { get; init; }

    /// <summary><c>env: ${{ … }}</c> in place of a mapping.</summary>
    public ExpressionToken? EnvironmentExpression { get; init; }

    public RunDefaults? Defaults { get; init; }

    /// <summary><c>defaults</c> as written.</summary>
    public TemplateToken? DefaultsToken { get; init; }

    public IReadOnlyDictionary<string, string>? Permissions { get; init; }

    public TemplateToken? Concurrency { get; init; }

    /// <summary>In file order.</summary>
    public required IReadOnlyList<Job> Jobs { get; init; }
}

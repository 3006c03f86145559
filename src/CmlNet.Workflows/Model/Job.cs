namespace CmlNet.Workflows.Model;

/// <summary>A job as written. A job that calls a reusable workflow has <see cref="Uses"/> and no steps.</summary>
public sealed record Job
{
    public required string Id { get; init; }

    public required SourceLocation Location { get; init; }

    public TemplateToken? Name { get; init; }

    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>The normalised condition: never blank, with <c>success() &amp;&amp; (…)</c> added where no status function occurs.</summary>
    public string Condition { get; init; } = "success()";

    public SourceLocation ConditionLocation { get; init; }

    public TemplateToken? Strategy { get; init; }

    public TemplateToken? ContinueOnError { get; init; }

    public TemplateToken? TimeoutMinutes { get; init; }

    public TemplateToken? CancelTimeoutMinutes { get; init; }

    public TemplateToken? Concurrency { get; init; }

    public IReadOnlyDictionary<string, string>? Permissions { get; init; }

    public MappingToken? Environment { get; init; }

    /// <summary><c>env: ${{ … }}</c> in place of a mapping.</summary>
    public ExpressionToken? EnvironmentExpression { get; init; }

    public TemplateToken? DeploymentEnvironment { get; init; }

    public RunDefaults? Defaults { get; init; }

    /// <summary><c>defaults</c> as written.</summary>
    public TemplateToken? DefaultsToken { get; init; }

    public TemplateToken? RunsOn { get; init; }

    public TemplateToken? Container { get; init; }

    public TemplateToken? Services { get; init; }

    public TemplateToken? Outputs { get; init; }

    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>Reference of a called workflow (<c>./.github/workflows/x.yml</c> or <c>owner/repo/path@ref</c>).</summary>
    public string? Uses { get; init; }

    public TemplateToken? With { get; init; }

    public TemplateToken? Secrets { get; init; }

    public TemplateToken? Snapshot { get; init; }

    /// <summary>Where <see cref="Uses"/> is written.</summary>
    internal SourceLocation UsesLocation { get; init; }

    /// <summary>The tokens of <see cref="Needs"/>, in the same order.</summary>
    internal IReadOnlyList<StringToken> NeedTokens { get; init; } = [];
}

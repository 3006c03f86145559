namespace CmlNet.Workflows.Model;

/// <summary>A step as written: exactly one of <see cref="Run"/> and <see cref="Uses"/> is set.</summary>
public sealed record Step
{
    /// <summary>The given id, or GitHub's automatic one (<c>__run</c>, <c>__actions_checkout_2</c>), which starts with two underscores and never appears in <c>steps</c>.</summary>
    public required string Id { get; init; }

    /// <summary><c>github.action</c> in it: its own id, or that of the step whose post step it is.</summary>
    internal string ActionId { get => field ?? Id; init; }

    public required SourceLocation Location { get; init; }

    public TemplateToken? Name { get; init; }

    /// <summary>The normalised condition, as for jobs.</summary>
    public string Condition { get; init; } = "success()";

    public SourceLocation ConditionLocation { get; init; }

    public TemplateToken? ContinueOnError { get; init; }

    public TemplateToken? TimeoutMinutes { get; init; }

    public MappingToken? Environment { get; init; }

    /// <summary><c>env: ${{ … }}</c> in place of a mapping.</summary>
    public ExpressionToken? EnvironmentExpression { get; init; }

    public TemplateToken? WorkingDirectory { get; init; }

    public TemplateToken? Shell { get; init; }

    public TemplateToken? Run { get; init; }

    public string? Uses { get; init; }

    /// <summary>Where <see cref="Uses"/> is written.</summary>
    internal SourceLocation UsesLocation { get; init; }

    public MappingToken? With { get; init; }

    /// <summary><c>with: ${{ … }}</c> in place of a mapping.</summary>
    public ExpressionToken? WithExpression { get; init; }
}

namespace CmlNet.Workflows.Model;

/// <summary>One event of <c>on:</c> with its filters; absent filters are null.</summary>
public sealed record EventTrigger(string Name, SourceLocation Location)
{
    public IReadOnlyList<string>? Types { get; init; }

    public IReadOnlyList<string>? Branches { get; init; }

    public IReadOnlyList<string>? BranchesIgnore { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<string>? TagsIgnore { get; init; }

    public IReadOnlyList<string>? Paths { get; init; }

    public IReadOnlyList<string>? PathsIgnore { get; init; }

    /// <summary>The whole value of the event as written, for inputs, secrets and outputs.</summary>
    public TemplateToken? Configuration { get; init; }
}

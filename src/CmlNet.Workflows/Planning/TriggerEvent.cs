namespace CmlNet.Workflows.Planning;

/// <summary>What happened, for <see cref="TriggerFilter"/>.</summary>
public sealed record TriggerEvent(string Name)
{
    /// <summary>Full reference: <c>refs/heads/main</c>, <c>refs/tags/v1</c>; for pull requests the base branch.</summary>
    public string? Ref { get; init; }

    /// <summary>Activity type, e.g. <c>opened</c>; null when not known.</summary>
    public string? Activity { get; init; }

    /// <summary>Files changed, from the repository root with <c>/</c>; null when not known (path filters then pass).</summary>
    public IReadOnlyList<string>? ChangedPaths { get; init; }
}

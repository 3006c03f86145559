namespace CmlNet.Reports.Baselines;

/// <summary>What to compare with.</summary>
public sealed record BaselineRequest
{
    /// <summary><c>auto</c>, <c>none</c>, a revision, or a folder.</summary>
    public required string Asked { get; init; }

    /// <summary>The user said so; else a baseline that is not there is no matter for the report.</summary>
    public required bool IsExplicit { get; init; }

    /// <summary>Branch a pull request goes to (<c>GITHUB_BASE_REF</c>); null outside one.</summary>
    public string? TargetBranch { get; init; }

    /// <summary>For the baseline's age.</summary>
    public required DateTimeOffset Now { get; init; }
}

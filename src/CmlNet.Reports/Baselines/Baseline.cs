namespace CmlNet.Reports.Baselines;

/// <summary>What the report compares with, or why it does not.</summary>
public sealed record Baseline
{
    /// <summary>As it was asked for or found: <c>merge base with origin/main</c>, <c>v1.0</c>, a folder.</summary>
    public required string Name { get; init; }

    /// <summary>Full hash; null for a folder or when missing.</summary>
    public string? Sha { get; init; }

    public TimeSpan? Age { get; init; }

    /// <summary>Commits on this side that the baseline does not have.</summary>
    public int? Distance { get; init; }

    /// <summary>Why there is none; null when there is one.</summary>
    public string? Missing { get; init; }

    /// <summary>In words: name, short hash, age and distance.</summary>
    public string Describe()
    {
        if (Missing is not null)
            return Missing;
        var parts = new List<string>();
        if (Sha is { } sha)
            parts.Add(sha[..Math.Min(7, sha.Length)]);
        if (Age is { } age)
            parts.Add(InWords(age) + " old");
        if (Distance is { } distance)
            parts.Add(distance == 1 ? "1 commit behind" : $"{distance} commits behind");
        return parts.Count == 0 ? Name : $"{Name} ({string.Join(", ", parts)})";
    }

    private static string InWords(TimeSpan age) => age.TotalSeconds switch
    {
        < 60 => "less than a minute",
        < 2 * 3600 => $"{(int)age.TotalMinutes} min",
        < 2 * 86400 => $"{(int)age.TotalHours} h",
        _ => $"{(int)age.TotalDays} days",
    };
}

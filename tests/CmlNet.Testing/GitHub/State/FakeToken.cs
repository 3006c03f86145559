namespace CmlNet.Testing.GitHub.State;

/// <summary>What a token may do.</summary>
public sealed record FakeToken
{
    /// <summary>Who it speaks for, e.g. <c>octocat</c> or <c>github-actions[bot]</c>.</summary>
    public required string Login { get; init; }

    /// <summary>Scope to <c>read</c> or <c>write</c>; a scope that is absent is none. Null is everything.</summary>
    public IReadOnlyDictionary<string, string>? Permissions { get; init; }

    /// <summary>A token of an App's installation, such as GITHUB_TOKEN: it may not ask who it is, and only it may write checks.</summary>
    public bool IsInstallation { get; init; } = true;

    public DateTimeOffset? ExpiresAt { get; init; }

    public bool May(string scope, string level) =>
        Permissions is null || (Permissions.TryGetValue(scope, out string? held) && (held == level || held == "write"));
}

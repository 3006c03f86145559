namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>What a token's first letters tell of its kind.</summary>
internal static class GitHubToken
{
    private const int OldLength = 40;
    private static readonly string[] Personal = ["ghp_", "github_pat_", "gho_"];

    /// <summary>A job's token, or one of an App's installation.</summary>
    public static bool IsOfAnApp(string token) => token.StartsWith("ghs_", StringComparison.Ordinal);

    /// <summary>Surely a person's: a classic or fine-grained one, or one of an OAuth App.</summary>
    public static bool IsPersonal(string token) =>
        Personal.Any(p => token.StartsWith(p, StringComparison.Ordinal)) || (token.Length == OldLength && token.All(char.IsAsciiHexDigitLower));
}

using System.Text;

namespace CmlNet.Publishing.CodeHosts.Bitbucket;

/// <summary>The forms a token comes in: CML's, which is <c>user:app-password</c> in base64; the same as it is; or an access token.</summary>
internal static class BitbucketToken
{
    /// <summary>The <c>Authorization</c> header's value.</summary>
    public static string Header(string token) => UserAndPassword(token) is { } pair
        ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))
        : "Bearer " + token;

    /// <summary>User name and password for git, with a colon between.</summary>
    public static string ForGit(string token) => UserAndPassword(token) ?? "x-token-auth:" + token;

    private static string? UserAndPassword(string token)
    {
        if (token.Contains(':', StringComparison.Ordinal))
            return token;
        byte[] bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out int length))
            return null;
        string text = Encoding.UTF8.GetString(bytes, 0, length);
        // What is no text is no pair, though it may well hold the byte of a colon.
        return text.IndexOf(':', StringComparison.Ordinal) > 0 && !text.Any(c => char.IsControl(c) || c == '\uFFFD') ? text : null;
    }
}

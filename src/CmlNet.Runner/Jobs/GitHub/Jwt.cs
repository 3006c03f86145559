using System.Buffers.Text;
using System.Text.Json;

namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>The little of JSON web tokens that a client needs.</summary>
internal static class Jwt
{
    /// <summary>When a token expires; null when it does not say or is none. Nothing is verified: it is not ours to trust, only to renew in time.</summary>
    public static DateTimeOffset? ExpiryOf(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3)
            return null;
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(parts[1]), GitHubJson.Default.JwtBody)?.ExpiresAt is > 0 and < 253402300800 and var seconds
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}

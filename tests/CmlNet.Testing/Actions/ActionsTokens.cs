using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CmlNet.Testing.Actions;

/// <summary>JSON web tokens as the service issues them (HS256), and the check of an App's own (RS256).</summary>
public sealed class ActionsTokens(TimeProvider time)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Issue(string use, TimeSpan lifetime, TimeSpan skew)
    {
        DateTimeOffset now = time.GetUtcNow() + skew;
        string head = Encode("""{"typ":"JWT","alg":"HS256"}"""u8);
        string body = Encode(Encoding.UTF8.GetBytes(new JsonObject
        {
            ["use"] = use,
            ["nbf"] = now.AddMinutes(-5).ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid().ToString(),
        }.ToJsonString()));
        return $"{head}.{body}.{Encode(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{head}.{body}")))}";
    }

    /// <summary>The token is ours, for this use, and not expired.</summary>
    public bool IsValid(string token, string use, TimeSpan skew)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3 || !CryptographicOperations.FixedTimeEquals(Decode(parts[2]), HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"))))
            return false;
        JsonNode? body = JsonNode.Parse(Decode(parts[1]));
        return (string?)body?["use"] == use && (long?)body?["exp"] > (time.GetUtcNow() + skew).ToUnixTimeSeconds();
    }

    /// <summary>What is wrong with an App's token; null when it is good.</summary>
    public string? FindDefect(string token, string clientId, RSA key)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3)
            return "A JSON web token could not be decoded";
        if ((string?)JsonNode.Parse(Decode(parts[0]))?["alg"] != "RS256" || !key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Decode(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            return "A JSON web token could not be decoded";
        JsonNode? body = JsonNode.Parse(Decode(parts[1]));
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        if ((string?)body?["iss"] != clientId)
            return "Integration not found";
        if ((long?)body?["iat"] is not { } issued || issued > now)
            return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
        return (long?)body?["exp"] is { } expires && expires > now && expires - now <= 600 ? null : "'Expiration time' claim ('exp') is too far in the future";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static byte[] Decode(string text)
    {
        string plain = text.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='));
    }
}

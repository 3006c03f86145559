using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CmlNet.Testing.S3;

/// <summary>Recomputes a request's Signature Version 4 from what it says it signed.</summary>
internal static class S3RequestSignature
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(15);

    /// <summary>Whether the request was signed about now.</summary>
    public static bool IsFresh(HttpListenerRequest request) =>
        !DateTimeOffset.TryParseExact(request.Headers["x-amz-date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset signed)
        || (TimeProvider.System.GetUtcNow() - signed).Duration() < Tolerated;

    public static bool IsValid(HttpListenerRequest request, string keyId, string secret)
    {
        if (request.Headers["Authorization"] is not { } authorization || !authorization.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal))
            return false;
        Dictionary<string, string> fields = authorization["AWS4-HMAC-SHA256 ".Length..].Split(',', StringSplitOptions.TrimEntries).Select(field => field.Split('=', 2)).ToDictionary(field => field[0], field => field[1], StringComparer.Ordinal);
        string[] credential = fields["Credential"].Split('/');
        if (credential[0] != keyId)
            return false;
        string scope = string.Join('/', credential.Skip(1));
        string[] url = request.RawUrl!.Split('?', 2);
        string query = url.Length < 2 ? "" : string.Join('&', url[1].Split('&').Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=").Order(StringComparer.Ordinal));
        string headers = string.Concat(fields["SignedHeaders"].Split(';').Select(name => $"{name}:{Value(request, name)}\n"));
        string canonical = $"{request.HttpMethod}\n{url[0]}\n{query}\n{headers}\n{fields["SignedHeaders"]}\n{request.Headers["x-amz-content-sha256"]}";
        string toSign = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        byte[] key = credential.Skip(1).Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (current, part) => HMACSHA256.HashData(current, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign))) == fields["Signature"];
    }

    private static string Value(HttpListenerRequest request, string name) => name == "host" ? request.UserHostName : string.Join(' ', (request.Headers[name] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

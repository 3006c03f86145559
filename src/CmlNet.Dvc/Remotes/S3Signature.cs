using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CmlNet.Dvc.Remotes;

/// <summary>AWS Signature Version 4 over the headers of a request whose body is not signed (<c>UNSIGNED-PAYLOAD</c>, or the hash of an empty one).</summary>
/// <param name="KeyId">Access key.</param>
/// <param name="Secret">Secret key.</param>
/// <param name="SessionToken">Of temporary credentials; null otherwise.</param>
/// <param name="Region">Such as <c>us-east-1</c>.</param>
internal sealed record S3Signature(string KeyId, string Secret, string? SessionToken, string Region)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The hash of no bytes at all.</summary>
    public const string EmptyPayload = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>Adds the headers that prove who asks.</summary>
    public void Sign(HttpRequestMessage request, string payloadHash, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request.RequestUri);
        string stamp = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), day = stamp[..8];
        request.Headers.TryAddWithoutValidation("x-amz-date", stamp);
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", payloadHash);
        if (SessionToken is not null)
            request.Headers.TryAddWithoutValidation("x-amz-security-token", SessionToken);
        request.Headers.Host = request.RequestUri.Authority;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.RequestUri.Authority };
        foreach ((string name, IEnumerable<string> values) in request.Headers.Where(header => header.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)))
            headers[name.ToLowerInvariant()] = string.Join(',', values).Trim();
        string signed = string.Join(';', headers.Keys);
        string canonical = string.Join('\n', request.Method.Method, request.RequestUri.AbsolutePath, Query(request.RequestUri), string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n")), signed, payloadHash);
        string scope = $"{day}/{Region}/s3/aws4_request";
        string toSign = string.Join('\n', Algorithm, stamp, scope, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        byte[] key = new[] { day, Region, "s3", "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes("AWS4" + Secret), (current, part) => HMACSHA256.HashData(current, Encoding.UTF8.GetBytes(part)));
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={KeyId}/{scope}, SignedHeaders={signed}, Signature={signature}");
    }

    /// <summary>As the signature wants it: everything but letters, digits and <c>-_.~</c> escaped.</summary>
    public static string Escape(string text, bool keepsSlash)
    {
        var escaped = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || (char)b is '-' or '_' or '.' or '~' || (keepsSlash && b == '/'))
                escaped.Append((char)b);
            else
                escaped.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    private static string Query(Uri uri) => string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=").Order(StringComparer.Ordinal));
}

using System.Globalization;
using System.Text;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.Assets.S3;

/// <summary>AWS Signature Version 4 over host, <c>x-amz-*</c> headers and body of a request without a query.</summary>
/// <remarks><see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Described by Amazon.</see></remarks>
/// <param name="keyId">Access key.</param>
/// <param name="secret">Secret key.</param>
/// <param name="sessionToken">Of temporary credentials; null otherwise.</param>
/// <param name="region">The bucket's.</param>
/// <param name="time">The clock; a server refuses what is a quarter of an hour off its own.</param>
internal sealed class S3Signer(string keyId, string secret, string? sessionToken, string region, TimeProvider time) : IRequestSigner
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(5);

    private TimeSpan _seen;
    private TimeSpan _skew;

    /// <param name="environment">Holds <c>AWS_ACCESS_KEY_ID</c> and <c>AWS_SECRET_ACCESS_KEY</c>, and perhaps <c>AWS_SESSION_TOKEN</c>.</param>
    /// <param name="region">The bucket's.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="PublishingException">There are no credentials.</exception>
    public static S3Signer Read(IReadOnlyDictionary<string, string> environment, string region, TimeProvider time)
    {
        string? Value(string name) => environment.GetValueOrDefault(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
        return Value("AWS_ACCESS_KEY_ID") is { } key && Value("AWS_SECRET_ACCESS_KEY") is { } secret
            ? new S3Signer(key, secret, Value("AWS_SESSION_TOKEN"), region, time)
            : throw new PublishingException("the image store 's3' needs credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }

    public void Sign(HttpRequestMessage message, ReadOnlySpan<byte> body)
    {
        Uri address = message.RequestUri!; // every request has one
        string stamp = (time.GetUtcNow() + _skew).UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string payload = Sha256.Hex(body);
        message.Headers.TryAddWithoutValidation("x-amz-date", stamp);
        message.Headers.TryAddWithoutValidation("x-amz-content-sha256", payload);
        if (sessionToken is not null)
            message.Headers.TryAddWithoutValidation("x-amz-security-token", sessionToken);
        message.Headers.Host = address.Authority;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = address.Authority };
        foreach ((string name, IEnumerable<string> values) in message.Headers.Where(h => h.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)))
            headers[name.ToLowerInvariant()] = string.Join(',', values).Trim();
        string signed = string.Join(';', headers.Keys);
        string lines = string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"));
        string canonical = $"{message.Method}\n{address.AbsolutePath}\n\n{lines}\n{signed}\n{payload}";
        string scope = $"{stamp[..8]}/{region}/s3/aws4_request";
        string text = $"{Algorithm}\n{stamp}\n{scope}\n{Sha256.Hex(Encoding.UTF8.GetBytes(canonical))}";
        string signature = Convert.ToHexStringLower(Hmac.Hash(Key(scope), Encoding.UTF8.GetBytes(text)));
        message.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={keyId}/{scope}, SignedHeaders={signed}, Signature={signature}");
    }

    public void Observe(ApiResponse response) => _seen = response.Date is { } date ? date - time.GetUtcNow() : TimeSpan.Zero;

    /// <summary>Takes the server's clock for the right one, where the last answer shows that this machine's is far from it.</summary>
    /// <returns>Whether another attempt has a better chance.</returns>
    public bool TrySetClock()
    {
        if ((_seen - _skew).Duration() < Tolerated)
            return false;
        _skew = _seen;
        return true;
    }

    private byte[] Key(string scope) =>
        scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (key, part) => Hmac.Hash(key, Encoding.UTF8.GetBytes(part)));
}

using System.Security.Cryptography;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Remotes;

/// <summary>A key of the user's own with which S3 encrypts objects, and which it does not keep (SSE-C).</summary>
internal static class S3CustomerKey
{
    private const int KeyBytes = 32;
    private const string Header = "x-amz-server-side-encryption-customer-";

    /// <summary>The headers that give it; none where a remote has none.</summary>
    /// <exception cref="DvcException">It is no key, or another one is asked for, too.</exception>
    public static IEnumerable<(string Name, string Value)> Headers(IReadOnlyDictionary<string, string> options)
    {
        if (options.GetValueOrDefault("sse_customer_key") is not { Length: > 0 } text)
            return [];
        if (options.ContainsKey("sse_kms_key_id") || options.ContainsKey("sse"))
            throw new DvcException($"remote '{options["url"]}': sse_customer_key excludes sse and sse_kms_key_id; unset the one or the others");
        byte[] key = new byte[KeyBytes];
        if (!Convert.TryFromBase64String(text, key, out int length) || length != KeyBytes)
            throw new DvcException($"remote '{options["url"]}': sse_customer_key is not {KeyBytes} bytes in Base64, as from: openssl rand -base64 {KeyBytes}");
#pragma warning disable CA5351 // The protocol wants an MD5, as a check of what was sent.
        string check = Convert.ToBase64String(MD5.HashData(key));
#pragma warning restore CA5351
        return [(Header + "algorithm", options.GetValueOrDefault("sse_customer_algorithm") ?? "AES256"), (Header + "key", Convert.ToBase64String(key)), (Header + "key-MD5", check)];
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CmlNet.Testing.GitHub.State;

/// <summary>A GitHub App with a key of its own.</summary>
public sealed class FakeApp : IDisposable
{
    private static readonly TimeSpan LongestProof = TimeSpan.FromMinutes(10);

    private readonly RSA _key = RSA.Create(2048);

    public required string Id { get; init; }

    public required string Slug { get; init; }

    public int InstallationId { get; init; } = 77;

    public IReadOnlyDictionary<string, string> Permissions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["checks"] = "write", ["contents"] = "write", ["pull_requests"] = "write" };

    public string PrivateKey => _key.ExportRSAPrivateKeyPem();

    /// <summary>Whether a bearer is this App's proof, neither from the future nor too old or long.</summary>
    public bool Signed(string bearer, DateTimeOffset now)
    {
        if (bearer.Split('.') is not [var header, var claims, var signature])
            return false;
        if (!_key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            return false;
        JsonNode said = JsonNode.Parse(Base64Url.DecodeFromChars(claims))!;
        DateTimeOffset from = DateTimeOffset.FromUnixTimeSeconds(said["iat"]!.GetValue<long>());
        DateTimeOffset to = DateTimeOffset.FromUnixTimeSeconds(said["exp"]!.GetValue<long>());
        return said["iss"]!.GetValue<string>() == Id && from <= now && to > now && to - now <= LongestProof;
    }

    public void Dispose() => _key.Dispose();
}

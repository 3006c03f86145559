using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CmlNet.Publishing.CodeHosts.GitHub;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.Detection;

/// <summary>What a GitHub App proves itself with.</summary>
/// <param name="AppId">Its number or client id.</param>
/// <param name="PrivateKey">Its private key, as PEM. Not part of <see cref="ToString"/>.</param>
public sealed record GitHubAppKey(string AppId, string PrivateKey)
{
    // GitHub takes no more than ten minutes, and no time that its own clock has not reached.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan Backdated = TimeSpan.FromMinutes(1);

    /// <summary>A JSON Web Token (RFC 7519), signed with RS256, that proves the App for nine minutes.</summary>
    /// <param name="now">The time, as GitHub's clock has it.</param>
    /// <exception cref="PublishingException">The key is none, or OpenSSL is missing.</exception>
    public string Prove(DateTimeOffset now)
    {
        OpenSsl.Require(new Uri("https://localhost"));
        string header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8);
        var claims = new AppClaims((now - Backdated).ToUnixTimeSeconds(), (now + Lifetime).ToUnixTimeSeconds(), AppId);
        string text = $"{header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, GitHubWire.Default.AppClaims))}";
        try
        {
            using RSA rsa = RSA.Create();
            rsa.ImportFromPem(PrivateKey);
            byte[] signature = rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{text}.{Base64Url.EncodeToString(signature)}";
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new PublishingException("the App's private key is not an RSA key in PEM form, as GitHub gives it out", e);
        }
    }

    /// <summary>The key without what is secret.</summary>
    public override string ToString() => $"GitHub App {AppId}";
}

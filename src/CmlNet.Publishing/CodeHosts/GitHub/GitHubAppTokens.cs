using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>Tokens of a GitHub App's installation on one repository: asked for when needed, kept for their hour, renewed before it ends.</summary>
/// <param name="client">Calls the API without a token of its own.</param>
/// <param name="key">The App's.</param>
/// <param name="repositoryPath"><c>repos/{owner}/{repository}</c>, escaped.</param>
/// <param name="time">The clock; where it is wrong, the server's is used.</param>
internal sealed class GitHubAppTokens(ApiClient client, GitHubAppKey key, string repositoryPath, TimeProvider time) : ITokenSource, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan Backdated = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1);
    private InstallationToken? _token;
    private TimeSpan _skew;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Token!; // ReadAsync has looked

    /// <summary>The token with what it may do.</summary>
    public async Task<InstallationToken> ReadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_token is null || _token.ExpiresAt - Now < Margin)
                _token = await RequestAsync(cancellationToken);
            return _token;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        client.Dispose();
    }

    private DateTimeOffset Now => time.GetUtcNow() + _skew;

    private async Task<InstallationToken> RequestAsync(CancellationToken cancellationToken)
    {
        InstallationReply installation;
        try
        {
            installation = await InstallationAsync(cancellationToken);
        }
        catch (PublishingException e) when (e.Status == System.Net.HttpStatusCode.Unauthorized && _skew == TimeSpan.Zero)
        {
            // GitHub takes no proof from the future, nor an old one: this machine's clock may be wrong.
            ApiResponse any = await client.SendAsync(new ApiRequest { Method = HttpMethod.Get, Path = "rate_limit" }, cancellationToken);
            _skew = any.Date - time.GetUtcNow() ?? TimeSpan.Zero;
            if (_skew.Duration() < Backdated / 2)
                throw;
            installation = await InstallationAsync(cancellationToken);
        }

        string path = FormattableString.Invariant($"app/installations/{installation.Id}/access_tokens");
        ApiResponse response = await client.SendAsync(
            new ApiRequest { Method = HttpMethod.Post, Path = path, Headers = [Proof()], IsRead = true, ReadBack = static _ => Task.FromResult<ApiResponse?>(null) },
            cancellationToken);
        InstallationToken token = GitHubApi.Read(response, GitHubWire.Default.InstallationToken, path);
        return token.Token is { Length: > 0 } ? token : throw new PublishingException($"GitHub's answer to {path} holds no token");
    }

    private async Task<InstallationReply> InstallationAsync(CancellationToken cancellationToken)
    {
        string path = repositoryPath + "/installation";
        try
        {
            ApiResponse response = await client.SendAsync(new ApiRequest { Method = HttpMethod.Get, Path = path, Headers = [Proof()] }, cancellationToken);
            return GitHubApi.Read(response, GitHubWire.Default.InstallationReply, path);
        }
        catch (PublishingException e) when (e.Status == System.Net.HttpStatusCode.NotFound)
        {
            throw new PublishingException($"the GitHub App {key.AppId} is not installed on {repositoryPath}: install it there, or give it access to this repository", e);
        }
    }

    /// <summary>A JSON Web Token (RFC 7519), signed with RS256.</summary>
    private KeyValuePair<string, string> Proof()
    {
        OpenSsl.Require(new Uri("https://localhost"));
        string header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8);
        var claims = new AppClaims((Now - Backdated).ToUnixTimeSeconds(), (Now + Lifetime).ToUnixTimeSeconds(), key.AppId);
        string text = $"{header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, GitHubWire.Default.AppClaims))}";
        try
        {
            using RSA rsa = RSA.Create();
            rsa.ImportFromPem(key.PrivateKey);
            byte[] signature = rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return new KeyValuePair<string, string>("Authorization", $"Bearer {text}.{Base64Url.EncodeToString(signature)}");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new PublishingException("the App's private key is not an RSA key in PEM form, as GitHub gives it out", e);
        }
    }
}

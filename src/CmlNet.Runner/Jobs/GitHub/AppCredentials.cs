using System.Security.Cryptography;
using System.Text.Json;
using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>The token of a GitHub App's installation, renewed before it expires.</summary>
internal sealed class AppCredentials(GitHubHttp http, GitHubScope scope, Authentication app, Func<string, string?> variable) : IGitHubCredentials, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    // GitHub refuses more than ten minutes, and an `iat` that its own clock has not reached (actions/scaleset, client.go).
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(9);

    // An installation's token holds an hour.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(60);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _token;
    private Validity? _validity;

    /// <summary>What the installation may do, as the last token said; null before there was one.</summary>
    public IReadOnlyDictionary<string, string>? Permissions { get; private set; }

    public async Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_token is { } known && _validity?.IsOver(Margin) == false)
                return known;
            var request = new GitHubRequest
            {
                Method = HttpMethod.Post,
                Address = new Uri(scope.ApiBase, $"app/installations/{app.InstallationId}/access_tokens"),
                Purpose = $"get a token for installation {app.InstallationId} of the App {app.ClientId}",
                Authorization = "Bearer " + Sign(),
                Accept = "application/vnd.github+json",
                ContentType = "application/vnd.github+json",
            };
            TokenAnswer answer = (await http.SendAsync(request, cancellationToken)).Read(GitHubJson.Default.TokenAnswer, request.Purpose);
            _validity = new Validity(http.Time, answer.ExpiresAt, Longest, Longest);
            Permissions = answer.Permissions;
            return _token = answer.Token ?? throw new GitHubException($"Tried to {request.Purpose}: the answer has no token.");
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private string Sign()
    {
        DateTimeOffset now = http.Time.GetUtcNow();
        string head = Jwt.Encode(JsonSerializer.SerializeToUtf8Bytes(new JwtHeader("RS256", "JWT"), GitHubJson.Default.JwtHeader));
        string body = Jwt.Encode(JsonSerializer.SerializeToUtf8Bytes(
            new JwtBody { IssuedAt = (now - ClockSkew).ToUnixTimeSeconds(), ExpiresAt = (now + Lifetime).ToUnixTimeSeconds(), Issuer = app.ClientId }, GitHubJson.Default.JwtBody));
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(app.PrivateKey!.Read(variable)); // an App has one: the schema demands it
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // The message of the exception may quote the key.
            throw new RunnerConfigurationException($"The private key in {app.PrivateKey} is not an RSA key in PEM form. Download a new one from the App's page.");
        }

        byte[] signature = key.SignData(System.Text.Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{body}.{Jwt.Encode(signature)}";
    }
}

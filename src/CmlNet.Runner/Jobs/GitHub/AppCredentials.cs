using System.Security.Cryptography;
using CmlNet.Publishing;
using CmlNet.Publishing.Detection;
using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>The token of a GitHub App's installation, renewed before it expires.</summary>
internal sealed class AppCredentials(GitHubHttp http, GitHubScope scope, Authentication app, Func<string, string?> variable) : IGitHubCredentials, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

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
        string key = app.PrivateKey!.Read(variable); // an App has one: the schema demands it
        try
        {
            return new GitHubAppKey(app.ClientId!, key).Prove(http.Time.GetUtcNow()); // as above
        }
        catch (PublishingException exception) when (exception.InnerException is ArgumentException or CryptographicException)
        {
            // The message of the inner exception may quote the key.
            throw new RunnerConfigurationException($"The private key in {app.PrivateKey} is not an RSA key in PEM form. Download a new one from the App's page.");
        }
    }
}

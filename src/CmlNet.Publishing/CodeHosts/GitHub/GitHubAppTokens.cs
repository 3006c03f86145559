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
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(30);

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
            if (_skew.Duration() < Noticeable)
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

    private KeyValuePair<string, string> Proof() => new("Authorization", "Bearer " + key.Prove(Now));
}

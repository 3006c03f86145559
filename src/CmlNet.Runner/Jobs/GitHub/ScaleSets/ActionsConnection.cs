using System.Net;
using System.Text.Json;

namespace CmlNet.Runner.Jobs.GitHub.ScaleSets;

/// <summary>The way to the Actions service: its address and token, fetched with a registration and renewed before the token expires.</summary>
internal sealed class ActionsConnection(GitHubHttp http, GitHubScope scope, IGitHubCredentials credentials) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Uri? _tenant;
    private string _token = "";
    private Validity? _validity;

    public GitHubHttp Http => http;

    /// <summary>Sends to the Actions service; a refused token is renewed once.</summary>
    /// <param name="method">Verb.</param>
    /// <param name="path">Path below the tenant, with its query escaped.</param>
    /// <param name="body">JSON, or null.</param>
    /// <param name="purpose">For the error message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="token">Another token than the service's own: acquiring wants the queue's.</param>
    public async Task<GitHubResponse> SendAsync(HttpMethod method, string path, byte[]? body, string purpose, CancellationToken cancellationToken, string? token = null)
    {
        (Uri tenant, string own) = await GetAsync(isForced: false, cancellationToken);
        try
        {
            return await http.SendAsync(Build(method, tenant, path, body, purpose, token ?? own), cancellationToken);
        }
        catch (GitHubException exception) when (token is null && exception.Status == HttpStatusCode.Unauthorized)
        {
            (tenant, own) = await GetAsync(isForced: true, cancellationToken);
            return await http.SendAsync(Build(method, tenant, path, body, purpose, own), cancellationToken);
        }
    }

    public void Dispose() => _gate.Dispose();

    private static GitHubRequest Build(HttpMethod method, Uri tenant, string path, byte[]? body, string purpose, string token)
    {
        string separator = path.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return new GitHubRequest
        {
            Method = method,
            // The tenant's own path stays.
            Address = new Uri(tenant, $"_apis/{path}{separator}api-version=6.0-preview"),
            Purpose = purpose,
            Authorization = "Bearer " + token,
            Body = body,
        };
    }

    private async Task<(Uri Tenant, string Token)> GetAsync(bool isForced, CancellationToken cancellationToken)
    {
        string refused = _token;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Someone else may have renewed it meanwhile.
            bool isStale = isForced && refused == _token;
            if (!isStale && _tenant is { } known && _validity?.IsOver(Margin) == false)
                return (known, _token);
            RegistrationAnswer answer = await RegisterAsync(cancellationToken);
            _tenant = new Uri(answer.Url!.TrimEnd('/') + "/"); // checked by RegisterAsync
            _token = answer.Token!; // as above
            // A clock that is far off must not make every call register anew: the server's 401 still renews.
            _validity = new Validity(http.Time, Jwt.ExpiryOf(_token), TimeSpan.FromDays(1), TimeSpan.FromMinutes(5));
            return (_tenant, _token);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<RegistrationAnswer> RegisterAsync(CancellationToken cancellationToken)
    {
        string credential = await credentials.GetTokenAsync(cancellationToken);
        var first = new GitHubRequest
        {
            Method = HttpMethod.Post,
            Address = new Uri(scope.ApiBase, $"{scope.ApiPath}/actions/runners/registration-token"),
            Purpose = $"get a registration token for {scope.Url}",
            Authorization = "Bearer " + credential,
            Accept = "application/vnd.github.v3+json",
            ContentType = "application/vnd.github.v3+json",
        };
        TokenAnswer registration = (await http.SendAsync(first, cancellationToken)).Read(GitHubJson.Default.TokenAnswer, first.Purpose);
        var second = new GitHubRequest
        {
            Method = HttpMethod.Post,
            Address = new Uri(scope.ApiBase, "actions/runner-registration"),
            Purpose = $"register with the Actions service for {scope.Url}",
            Authorization = "RemoteAuth " + registration.Token,
            Body = JsonSerializer.SerializeToUtf8Bytes(new RegistrationEvent(scope.Url, "register"), GitHubJson.Default.RegistrationEvent),
            RetriesRefusals = true,
        };
        RegistrationAnswer answer = (await http.SendAsync(second, cancellationToken)).Read(GitHubJson.Default.RegistrationAnswer, second.Purpose);
        return string.IsNullOrEmpty(answer.Url) || string.IsNullOrEmpty(answer.Token)
            ? throw new GitHubException($"Tried to {second.Purpose}: the answer has no address or no token.")
            : answer;
    }
}

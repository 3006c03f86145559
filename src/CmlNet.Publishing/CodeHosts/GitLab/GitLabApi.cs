using System.Text.Json.Serialization.Metadata;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitLab;

/// <summary>GitLab's REST API as typed calls on one project; its address is looked for before the first.</summary>
internal sealed class GitLabApi(JsonCalls calls, JsonCalls probe, Uri? known, Uri repository) : IDisposable
{
    private GitLabAddress? _address;

    public JsonCalls Calls => calls;

    /// <summary>Whether the token is a job's own, which may do little and has another way to ask who it is.</summary>
    public required bool IsJobToken { get; init; }

    /// <summary>The project's page.</summary>
    public string Page { get; } = repository.AbsoluteUri.TrimEnd('/');

    public async Task<string> PathAsync(string path, CancellationToken cancellationToken)
    {
        GitLabAddress address = _address ??= await GitLabAddress.FindAsync(known, repository, probe, cancellationToken);
        return $"{address.Api}/{path}";
    }

    /// <summary>A path of the project.</summary>
    public async Task<string> ProjectPathAsync(string path, CancellationToken cancellationToken)
    {
        GitLabAddress address = _address ??= await GitLabAddress.FindAsync(known, repository, probe, cancellationToken);
        return $"{address.Api}/projects/{Uri.EscapeDataString(address.Project)}/{path}";
    }

    public async Task<T> SendAsync<T>(HttpMethod method, string path, ReadOnlyMemory<byte>? body, JsonTypeInfo<T> type, CancellationToken cancellationToken, Func<CancellationToken, Task<ApiResponse?>>? readBack = null) =>
        await calls.SendAsync(new ApiRequest { Method = method, Path = await ProjectPathAsync(path, cancellationToken), Body = body, ReadBack = readBack }, type, cancellationToken);

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await calls.GetAsync(await ProjectPathAsync(path, cancellationToken), type, cancellationToken);

    public void Dispose()
    {
        calls.Dispose();
        probe.Dispose();
    }
}

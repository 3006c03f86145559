using System.Text.Json.Serialization.Metadata;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>GitHub's REST and GraphQL APIs as typed calls on one repository.</summary>
internal sealed class GitHubApi(JsonCalls calls, string owner, string repository)
{
    /// <summary>What messages call it.</summary>
    public const string Name = "GitHub";

    /// <summary>Absolute address of the GraphQL API: it is not under the REST API's on an Enterprise server.</summary>
    public required string GraphAddress { get; init; }

    /// <summary><c>repos/{owner}/{repository}</c>, escaped.</summary>
    public string RepositoryPath { get; } = PathOf(owner, repository);

    public static string PathOf(string owner, string repository) => $"repos/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(repository)}";

    public static ReadOnlyMemory<byte> Write<T>(T value, JsonTypeInfo<T> type) => JsonCalls.Write(value, type);

    public static T Read<T>(ApiResponse response, JsonTypeInfo<T> type, string path) => JsonCalls.Read(response, type, path, Name);

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) => calls.SendAsync(request, cancellationToken);

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, string? permission, CancellationToken cancellationToken) => calls.GetAsync(path, type, cancellationToken, permission);

    /// <summary>A GraphQL call that may be repeated. Its errors come with status 200.</summary>
    public Task<GraphReply> QueryAsync(GraphRequest request, CancellationToken cancellationToken) => calls.SendAsync(
        new ApiRequest
        {
            Method = HttpMethod.Post,
            Path = GraphAddress,
            Body = Write(request, GitHubWire.Default.GraphRequest),
            IsRead = request.Query.StartsWith("query", StringComparison.Ordinal),
            ReadBack = static _ => Task.FromResult<ApiResponse?>(null),
        },
        GitHubWire.Default.GraphReply,
        cancellationToken);

    /// <summary>Every page; with each its response, whose date is the server's clock.</summary>
    public IAsyncEnumerable<(ApiResponse Response, T Page)> PagesAsync<T>(string path, JsonTypeInfo<T> type, string? permission, CancellationToken cancellationToken) =>
        calls.PagesAsync(path, type, next: null, cancellationToken, permission);
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>GitHub's REST API as typed calls on one repository.</summary>
internal sealed class GitHubApi(ApiClient client, string owner, string repository)
{
    /// <summary>Absolute address of the GraphQL API: it is not under the REST API's on an Enterprise server.</summary>
    public required string GraphAddress { get; init; }

    /// <summary><c>repos/{owner}/{repository}</c>, escaped.</summary>
    public string RepositoryPath { get; } = PathOf(owner, repository);

    public static string PathOf(string owner, string repository) => $"repos/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(repository)}";

    public static ReadOnlyMemory<byte> Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    public static T Read<T>(ApiResponse response, JsonTypeInfo<T> type, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(response.Body.Span, type) ?? throw new JsonException("the answer is null");
        }
        catch (JsonException e)
        {
            throw new PublishingException($"the answer to {path} is not what GitHub answers ({e.Message}). Check that the address is GitHub's API.", e);
        }
    }

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) => client.SendAsync(request, cancellationToken);

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, string? permission, CancellationToken cancellationToken)
    {
        ApiResponse response = await client.SendAsync(new ApiRequest { Method = HttpMethod.Get, Path = path, Permission = permission }, cancellationToken);
        return Read(response, type, path);
    }

    /// <summary>A GraphQL call that may be repeated. Its errors come with status 200.</summary>
    public async Task<GraphReply> QueryAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        ApiResponse response = await client.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = GraphAddress,
                Body = Write(request, GitHubWire.Default.GraphRequest),
                IsRead = request.Query.StartsWith("query", StringComparison.Ordinal),
                ReadBack = static _ => Task.FromResult<ApiResponse?>(null),
            },
            cancellationToken);
        return Read(response, GitHubWire.Default.GraphReply, "graphql");
    }

    /// <summary>Every page, by the server's <c>Link</c> headers; with each page its response, whose date is the server's clock.</summary>
    public async IAsyncEnumerable<(ApiResponse Response, T Page)> PagesAsync<T>(
        string path, JsonTypeInfo<T> type, string? permission, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int mostPages = 1000;
        string? next = path;
        for (int page = 0; next is not null && page < mostPages; page++)
        {
            ApiResponse response = await client.SendAsync(new ApiRequest { Method = HttpMethod.Get, Path = next, Permission = permission }, cancellationToken);
            yield return (response, Read(response, type, path));
            next = response.NextPage;
        }
    }
}

using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CmlNet.Publishing.Http;

/// <summary>Calls of a JSON API as types.</summary>
internal sealed class JsonCalls(ApiClient client, string api) : IDisposable
{
    private const int MostPages = 1000;

    /// <summary>What to do about a token that may not, for the end of a message; starts with a space.</summary>
    public string TokenAdvice { get; init; } = "";

    public static ReadOnlyMemory<byte> Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    /// <param name="response">An answer.</param>
    /// <param name="type">What it is.</param>
    /// <param name="path">Of the call.</param>
    /// <param name="api">What the message calls the API.</param>
    /// <exception cref="PublishingException">It is something else.</exception>
    public static T Read<T>(ApiResponse response, JsonTypeInfo<T> type, string path, string api)
    {
        try
        {
            return JsonSerializer.Deserialize(response.Body.Span, type) ?? throw new JsonException("the answer is null");
        }
        catch (JsonException e)
        {
            throw new PublishingException($"the answer to {path} is not what {api} answers ({e.Message}). Check that the address is {api}'s API.", e);
        }
    }

    public T Read<T>(ApiResponse response, JsonTypeInfo<T> type, string path) => Read(response, type, path, api);

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
        TokenAdvice.Length == 0 ? client.SendAsync(request, cancellationToken) : SendAdvisedAsync(request, cancellationToken);

    private async Task<ApiResponse> SendAdvisedAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, cancellationToken);
        }
        catch (PublishingException e) when (e.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new PublishingException(e.Message + TokenAdvice, e.Status.Value);
        }
    }

    public async Task<T> SendAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        Read(await SendAsync(request, cancellationToken), type, request.Path);

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken, string? permission = null) =>
        SendAsync(new ApiRequest { Method = HttpMethod.Get, Path = path, Permission = permission }, type, cancellationToken);

    /// <summary>Deletes; what is gone already was deleted by somebody faster, or by an attempt whose answer was lost.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(new ApiRequest { Method = HttpMethod.Delete, Path = path }, cancellationToken);
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.NotFound)
        {
        }
    }

    /// <summary>
    /// Every page; with each its response, whose date is the server's clock. Of the next page's address only the query is used:
    /// behind a proxy many a server gives its links a scheme, host or port that nobody reaches it by.
    /// </summary>
    /// <param name="path">The first page.</param>
    /// <param name="type">Of a page.</param>
    /// <param name="next">The next page's address, where it is in the page; else it is in the <c>Link</c> header.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="permission">The line to add under <c>permissions:</c> when the host answers 403.</param>
    public async IAsyncEnumerable<(ApiResponse Response, T Page)> PagesAsync<T>(string path, JsonTypeInfo<T> type, Func<T, string?>? next, [EnumeratorCancellation] CancellationToken cancellationToken, string? permission = null)
    {
        string bare = path.Split('?')[0];
        string? at = path;
        for (int count = 0; at is not null && count < MostPages; count++)
        {
            ApiResponse response = await SendAsync(new ApiRequest { Method = HttpMethod.Get, Path = at, Permission = permission }, cancellationToken);
            T page = Read(response, type, path);
            yield return (response, page);
            string? following = next is null ? response.NextPage : next(page);
            int query = following?.IndexOf('?', StringComparison.Ordinal) ?? -1;
            string? address = query < 0 ? null : bare + following![query..]; // no query in null
            at = address == at ? null : address;
        }
    }

    public void Dispose() => client.Dispose();
}

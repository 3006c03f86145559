using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>An answer, read whole.</summary>
internal sealed record GitHubResponse
{
    public required HttpStatusCode Status { get; init; }

    /// <summary>Without a byte order mark.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public string? EntityTag { get; init; }

    /// <summary>Calls left in this hour; null when the answer does not say.</summary>
    public int? Remaining { get; init; }

    /// <summary>When the next hour of calls begins.</summary>
    public DateTimeOffset? Reset { get; init; }

    /// <summary>Refused because the hour's calls are used up.</summary>
    public bool IsUsedUp => Status is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests && Remaining == 0 && Reset is not null;

    public DateTimeOffset? Date { get; init; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <exception cref="GitHubException">The body is not what was expected.</exception>
    public T Read<T>(JsonTypeInfo<T> type, string purpose)
    {
        try
        {
            return JsonSerializer.Deserialize(Body.Span, type) ?? throw new GitHubException($"Tried to {purpose}: the answer is empty (request {RequestId}).") { Status = Status };
        }
        catch (JsonException exception)
        {
            throw new GitHubException($"Tried to {purpose}: the answer is not understood (request {RequestId}): {exception.Message}", exception) { Status = Status };
        }
    }
}

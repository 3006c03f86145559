using System.Net;

namespace CmlNet.Publishing.Http;

/// <summary>The whole answer to one call.</summary>
internal sealed record ApiResponse
{
    public required HttpStatusCode Status { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Target of <c>Link: …; rel="next"</c>.</summary>
    public string? NextPage { get; init; }

    /// <summary>The server's clock.</summary>
    public DateTimeOffset? Date { get; init; }

    public string? EntityTag { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Set when the primary rate limit is used up.</summary>
    public DateTimeOffset? RateLimitReset { get; init; }

    /// <summary>Nothing was sent: it stands in for the answer to a rehearsed request.</summary>
    public bool IsRehearsed { get; init; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;
}

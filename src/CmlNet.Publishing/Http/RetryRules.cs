using System.Net;

namespace CmlNet.Publishing.Http;

/// <summary>Which outcomes are worth another attempt, and after how long.</summary>
internal sealed record RetryRules
{
    public static RetryRules Default { get; } = new();

    public int Retries { get; init; } = 5;

    /// <summary>First delay of the exponential, jittered back-off used where the server names no delay.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>A server that asks for a longer pause than this is not waited for.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The server says it did nothing, and to come back: primary and secondary rate limits.</summary>
    public static bool IsLimited(ApiResponse response) =>
        response.Status == HttpStatusCode.TooManyRequests
        || (response.Status == HttpStatusCode.Forbidden && (response.RetryAfter is not null || response.RateLimitReset is not null));

    /// <summary>The request may or may not have had its effect.</summary>
    public static bool IsAmbiguous(ApiResponse response) =>
        response.Status is HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>The connection was never made, so the request certainly had no effect.</summary>
    public static bool WasNeverSent(Exception failure) =>
        failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError };

    /// <summary>A failure of the network, as opposed to one of trust or of our own.</summary>
    public static bool IsNetwork(Exception failure) =>
        failure is TimeoutException or IOException
        || (failure is HttpRequestException { HttpRequestError: not (HttpRequestError.SecureConnectionError or HttpRequestError.ConfigurationLimitExceeded) });

    /// <summary>The pause the server asked for; null when it asked for none.</summary>
    public static TimeSpan? RequestedWait(ApiResponse response, TimeProvider time)
    {
        if (response.RetryAfter is { } wait)
            return wait;
        if (response.RateLimitReset is not { } reset)
            return null;
        TimeSpan left = reset - (response.Date ?? time.GetUtcNow());
        return left < TimeSpan.Zero ? TimeSpan.Zero : left + TimeSpan.FromSeconds(1);
    }
}

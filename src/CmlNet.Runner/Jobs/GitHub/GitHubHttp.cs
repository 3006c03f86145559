using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>The one way out to GitHub for the daemon's own calls. Proxies come from HTTPS_PROXY and NO_PROXY.</summary>
internal sealed class GitHubHttp(HttpMessageHandler handler, GitHubRetries retries, TimeProvider time, ILogger logger) : IDisposable
{
    // The year 3000: what a broken proxy says is not waited for.
    private const long LatestMoment = 32_503_680_000;
    private const int LargestAnswer = 32 * 1024 * 1024;
    private readonly HttpClient _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };

    /// <summary>Who asks, in the JSON form that the Actions service expects.</summary>
    public string UserAgent { get; set; } = "{}";

    public TimeProvider Time => time;

    /// <summary>Sends and repeats as the request allows; an answer that is no success is an exception, but for 304.</summary>
    public async Task<GitHubResponse> SendAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        TimeSpan delay = retries.FirstDelay;
        for (int attempt = 1; ; attempt++)
        {
            bool isLast = !request.IsRetried || attempt > retries.Count;
            try
            {
                GitHubResponse response = await SendOnceAsync(request, cancellationToken);
                if (response.IsSuccess || response.Status == HttpStatusCode.NotModified)
                    return response;
                if (isLast || !IsWorthRetrying(request, response))
                    throw Refused(request, response);
                TimeSpan wait = response.RetryAfter is { } asked ? Min(asked, retries.LongestDelay) : delay;
                JobLog.Retrying(logger, request.Purpose, $"{(int)response.Status}", wait.TotalSeconds);
                await Task.Delay(wait, time, cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException)
            {
                if (isLast)
                    throw new GitHubException($"Tried to {request.Purpose} at {request.Address.Authority}: {exception.Message} Check the network, and HTTPS_PROXY where one is needed.", exception);
                JobLog.Retrying(logger, request.Purpose, exception.GetType().Name, delay.TotalSeconds);
                await Task.Delay(delay, time, cancellationToken);
            }

            delay = Min(delay * 2, retries.LongestDelay);
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsWorthRetrying(GitHubRequest request, GitHubResponse response) =>
        !response.IsUsedUp
        && ((int)response.Status is 429 or >= 500
        || (request.RetriesRefusals && response.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        || (response.Status == HttpStatusCode.Forbidden && response.RetryAfter is not null));

    private async Task<GitHubResponse> SendOnceAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, request.Address);
        message.Headers.TryAddWithoutValidation("Authorization", request.Authorization);
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        foreach ((string name, string value) in request.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (request.Body is { } body || request.Method == HttpMethod.Post)
        {
            message.Content = new ByteArrayContent(request.Body ?? []);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        }

        using var limit = new CancellationTokenSource(request.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using HttpResponseMessage reply = await _http.SendAsync(message, HttpCompletionOption.ResponseContentRead, either.Token);
            return await ReadAsync(reply, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {request.Timeout.TotalSeconds:0} s.", exception);
        }
    }

    private static async Task<GitHubResponse> ReadAsync(HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body = await reply.Content.ReadAsByteArrayAsync(cancellationToken);
        return new GitHubResponse
        {
            Status = reply.StatusCode,
            // Some answers of the Actions service begin with one (actions/scaleset, common_client.go).
            Body = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body,
            RequestId = First(reply.Headers, "x-github-request-id") ?? First(reply.Headers, "ActivityId"),
            RetryAfter = reply.Headers.RetryAfter?.Delta ?? (reply.Headers.RetryAfter?.Date - reply.Headers.Date),
            EntityTag = First(reply.Headers, "ETag"),
            Remaining = int.TryParse(First(reply.Headers, "x-ratelimit-remaining"), out int left) ? left : null,
            Reset = long.TryParse(First(reply.Headers, "x-ratelimit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out long reset) && reset < LatestMoment ? DateTimeOffset.FromUnixTimeSeconds(reset) : null,
            Date = reply.Headers.Date,
        };
    }

    private static GitHubException Refused(GitHubRequest request, GitHubResponse response)
    {
        (string type, string message) = Describe(response);
        string advice = response.Status switch
        {
            _ when response.IsUsedUp => string.Create(CultureInfo.InvariantCulture, $" The calls of this hour are used up; there are more at {response.Reset:HH:mm} UTC."),
            HttpStatusCode.Unauthorized => " Check the token, or the App's client id and key.",
            HttpStatusCode.Forbidden => " The credentials lack a permission: organizations need 'Self-hosted runners: write', repositories 'Administration: write'.",
            HttpStatusCode.NotFound => " It is not there, or the credentials may not see it.",
            _ => "",
        };
        return new GitHubException($"Tried to {request.Purpose}: {(int)response.Status} {message} (request {response.RequestId ?? "unknown"}).{advice}") { Status = response.Status, Type = type, RetryAt = response.IsUsedUp ? response.Reset : null };
    }

    private static (string Type, string Message) Describe(GitHubResponse response)
    {
        try
        {
            ActionsError? error = response.Body.Length == 0 ? null : JsonSerializer.Deserialize(response.Body.Span, GitHubJson.Default.ActionsError);
            return (error?.TypeName ?? "", Shorten(error?.Message ?? ""));
        }
        catch (JsonException)
        {
            // A proxy in between, or plain text: shown as it is.
            return ("", Shorten(System.Text.Encoding.UTF8.GetString(response.Body.Span)));
        }
    }

    private static string Shorten(string text) => text.Length > 300 ? text[..300].ReplaceLineEndings(" ") : text.ReplaceLineEndings(" ");

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static string? First(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
}

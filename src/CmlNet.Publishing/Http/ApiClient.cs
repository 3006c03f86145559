using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace CmlNet.Publishing.Http;

/// <summary>The one way out to the network: every call of every code host and asset store goes through <see cref="SendAsync"/>.</summary>
internal sealed class ApiClient(HttpMessageHandler handler, Uri baseAddress, TimeProvider time, ILogger logger, RetryRules rules) : IDisposable
{
    /// <summary>What GitHub and its like answer with, as far as any of our calls reads it.</summary>
    private static readonly byte[] AnyObject = """{"id":0,"number":0,"iid":0,"sha":"0000000000000000000000000000000000000000","html_url":"","node_id":"","url":"","body":"","state":"open"}"""u8.ToArray();

    private const int LargestAnswer = 64 * 1024 * 1024;

    // Proxies come from HTTP(S)_PROXY and NO_PROXY, which the handler reads by itself. Timeouts are per attempt, below.
    // Redirections are followed below too: the handler would leave the token out, and a renamed repository is then not found.
    private readonly HttpMessageInvoker _http = new(handler, disposeHandler: false);

    /// <summary>Adds the token to a request; null where the headers are all there is.</summary>
    public (ITokenSource Source, string Header, string Prefix)? Authorization { get; init; }

    /// <summary>Whether an answer that names another address of the same server is followed.</summary>
    public bool FollowsRedirections { get; init; }

    /// <summary>Signs each attempt; null where a token is proof enough.</summary>
    public IRequestSigner? Signer { get; init; }

    /// <summary>Lets one write through at a time, over all clients that share it; a host takes many at once for an attack.</summary>
    public SemaphoreSlim? WriteGate { get; init; }

    public EntityCache Cache { get; init; } = new();

    /// <summary>Sent with every request, and never logged.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> DefaultHeaders { get; init; } = [];

    /// <summary>Where set, nothing that changes something is sent.</summary>
    public Rehearsal? Rehearsal { get; init; }

    /// <summary>Sends, waits and repeats as the rules say; an answer that is not a success is an exception.</summary>
    /// <exception cref="PublishingException">The call failed for good; the message names method, path, status and request id.</exception>
    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        Uri address = AddressOf(request);
        if (Rehearsal is { } rehearsal && request.IsWrite)
            return Rehearse(rehearsal, request, address);
        OpenSsl.Require(address);
        SemaphoreSlim? gate = request is { IsWrite: true, IsParallel: false } ? WriteGate : null;
        if (gate is not null)
            await gate.WaitAsync(cancellationToken);
        try
        {
            return await SendRepeatedlyAsync(request, address, cancellationToken);
        }
        finally
        {
            gate?.Release();
        }
    }

    private async Task<ApiResponse> SendRepeatedlyAsync(ApiRequest request, Uri address, CancellationToken cancellationToken)
    {
        var attempts = new AttemptSequence(request, token => SendOnceAsync(request, address, token));
        try
        {
            ApiResponse response = await AttemptAsync(attempts, request, address, cancellationToken);
            if (response.IsSuccess)
                return response;
            if (await attempts.ReadBackAsync(cancellationToken) is { } applied)
                return applied;
            throw ApiFailure.FromResponse(request, address, response, time);
        }
        catch (Exception e) when (RetryRules.IsNetwork(e) || e is HttpRequestException)
        {
            if (RetryRules.IsNetwork(e) && await FindAppliedAsync(attempts, cancellationToken) is { } applied)
                return applied;
            throw ApiFailure.FromException(request, address, e);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Nearly every call succeeds at once, and setting up how it would be repeated takes longer than a short call.</summary>
    private async Task<ApiResponse> AttemptAsync(AttemptSequence attempts, ApiRequest request, Uri address, CancellationToken cancellationToken)
    {
        bool isSafe = request.IsIdempotent || request.ReadBack is not null;
        try
        {
            ApiResponse response = await attempts.NextAsync(cancellationToken);
            if (!IsWorthRetrying(response, null, isSafe))
                return response;
            attempts.Begin(Task.FromResult(response));
        }
        catch (Exception e) when (IsWorthRetrying(null, e, isSafe))
        {
            attempts.Begin(Task.FromException<ApiResponse>(e));
        }

        return await Pipeline(request, address, isSafe).ExecuteAsync(static (a, token) => new ValueTask<ApiResponse>(a.NextAsync(token)), attempts, cancellationToken);
    }

    private ApiResponse Rehearse(Rehearsal rehearsal, ApiRequest request, Uri address)
    {
        IEnumerable<KeyValuePair<string, string>> type = request.Body is null ? [] : [new("Content-Type", request.ContentType)];
        IEnumerable<KeyValuePair<string, string>> token = Authorization is { Header: var header } ? [new(header, "***")] : Signer is not null ? [new("Authorization", "***")] : [];
        rehearsal.Request(request.Method, address, [.. token, .. DefaultHeaders, .. type, .. request.Headers], request.Body);
        return new ApiResponse { Status = HttpStatusCode.OK, Body = request.Rehearsed ?? AnyObject, IsRehearsed = true };
    }

    private static async Task<ApiResponse?> FindAppliedAsync(AttemptSequence attempts, CancellationToken cancellationToken)
    {
        try
        {
            return await attempts.ReadBackAsync(cancellationToken);
        }
        catch (PublishingException)
        {
            // The host is unreachable for the look-up too: the first failure is the one to report.
            return null;
        }
    }

    private Uri AddressOf(ApiRequest request)
    {
        var address = new Uri(baseAddress, request.Path);
        if (Uri.Compare(address, baseAddress, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new PublishingException($"{baseAddress.Host} referred to a page on {address.Host}, which is not asked: the token would go with the request.");
        return address;
    }

    private ResiliencePipeline<ApiResponse> Pipeline(ApiRequest request, Uri address, bool isSafe) =>
        new ResiliencePipelineBuilder<ApiResponse> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<ApiResponse>
        {
            MaxRetryAttempts = rules.Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = rules.FirstDelay,
            MaxDelay = TimeSpan.FromMinutes(1),
            ShouldHandle = arguments => ValueTask.FromResult(IsWorthRetrying(arguments.Outcome.Result, arguments.Outcome.Exception, isSafe)),
            DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } response ? RetryRules.RequestedWait(response, time) : null),
            OnRetry = arguments =>
            {
                string reason = arguments.Outcome.Exception?.GetType().Name ?? $"{(int)arguments.Outcome.Result!.Status}"; // one of the two is set
                Log.Retrying(logger, request.Method.Method, address.AbsolutePath, reason, arguments.RetryDelay.TotalSeconds);
                return default;
            },
        }).Build();

    private bool IsWorthRetrying(ApiResponse? response, Exception? failure, bool safe)
    {
        if (rules.Retries == 0)
            return false;
        if (response is null)
            return failure is not null && RetryRules.IsNetwork(failure) && (safe || RetryRules.WasNeverSent(failure));
        if (RetryRules.RequestedWait(response, time) > rules.LongestWait)
            return false;
        return RetryRules.IsLimited(response) || (safe && RetryRules.IsAmbiguous(response));
    }

    private async Task<ApiResponse> SendOnceAsync(ApiRequest request, Uri address, CancellationToken cancellationToken)
    {
        string? token = Authorization is { } authorization ? authorization.Prefix + await authorization.Source.GetAsync(cancellationToken) : null;
        using var timeout = new CancellationTokenSource(rules.AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            Uri at = address;
            for (int hops = 0; ; hops++)
            {
                using HttpRequestMessage message = MessageFor(request, at);
                if (token is not null)
                    message.Headers.TryAddWithoutValidation(Authorization!.Value.Header, token); // it is the header's
                if (Cache.TagOf(request, address) is { } tag)
                    message.Headers.TryAddWithoutValidation("If-None-Match", tag);
                Signer?.Sign(message, request.Body is { } body ? body.Span : default);
                using HttpResponseMessage reply = await _http.SendAsync(message, either.Token);
                if (FollowsRedirections && hops < Redirection.Most && Redirection.Target(reply, at, isSecret: Authorization is not null || Signer is not null) is { } next)
                {
                    at = next;
                    continue;
                }

                await reply.Content.LoadIntoBufferAsync(LargestAnswer, either.Token);
                ApiResponse response = Cache.Complete(request, address, await ReadAsync(reply, either.Token));
                Signer?.Observe(response);
                return response;
            }
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {rules.AttemptTimeout.TotalSeconds:0} s", e);
        }
    }

    private HttpRequestMessage MessageFor(ApiRequest request, Uri address)
    {
        var message = new HttpRequestMessage(request.Method, address);
        foreach ((string name, string value) in DefaultHeaders)
            message.Headers.TryAddWithoutValidation(name, value);
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        foreach ((string name, string value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static async Task<ApiResponse> ReadAsync(HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        HttpResponseHeaders headers = reply.Headers;
        bool isUsedUp = First(headers, "x-ratelimit-remaining") == "0";
        return new ApiResponse
        {
            Status = reply.StatusCode,
            Body = await reply.Content.ReadAsByteArrayAsync(cancellationToken),
            RequestId = First(headers, "x-github-request-id") ?? First(headers, "x-request-id"),
            NextPage = LinkHeader.Next(First(headers, "link")),
            Date = headers.Date,
            EntityTag = First(headers, "etag"),
            RetryAfter = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date - headers.Date),
            RateLimitReset = isUsedUp && !reply.IsSuccessStatusCode && long.TryParse(First(headers, "x-ratelimit-reset"), out long seconds) && seconds is > 0 and < 253402300800
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null,
        };
    }

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : null;

    internal static bool IsTrustFailure(Exception failure) =>
        failure is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } || failure.InnerException is AuthenticationException;
}

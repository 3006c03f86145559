using System.Globalization;
using System.Text;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CmlNet.Testing.GitHub;

/// <summary>What surrounds every endpoint: the record, the token, the rate-limit headers, and the faults.</summary>
internal static class Exchanger
{
    public const string TokenItem = "token";

    /// <summary>Set where the request proves an App.</summary>
    public const string AppItem = "app";

    private static int _requests;

    public static async Task HandleAsync(FakeGitHub fake, HttpContext context, RequestDelegate next)
    {
        string request = await BodyAsync(context.Request);
        string target = context.Request.Path + context.Request.QueryString;
        Fault? fault = fake.Faults.Take(context.Request.Method, context.Request.Path);
        if (fault?.Kind == FaultKind.Hang)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, fake.Time, CancellationTokenSource.CreateLinkedTokenSource(fake.Stopping, context.RequestAborted).Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            context.Abort();
            return;
        }

        Stream wire = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        AddHeaders(context, fake);
        bool applies = fault?.Kind is not (FaultKind.StatusBeforeApplying or FaultKind.ResetBeforeApplying);
        if (applies && await AuthenticateAsync(fake, context))
            await next(context);
        context.Response.Body = wire;
        byte[] body = await ApplyAsync(fault, context, answer.ToArray());
        Record(fake, context, request, target, body, fault);
        if (fault?.Kind is FaultKind.ResetBeforeApplying or FaultKind.ResetAfterApplying)
            context.Abort();
        else
            await SendAsync(context, Tagged(fake, context, body), isCut: fault?.Kind == FaultKind.TruncatedAfterApplying, isSlow: fault?.Kind == FaultKind.Slow, fake);
    }

    private static void AddHeaders(HttpContext context, FakeGitHub fake)
    {
        IHeaderDictionary headers = context.Response.Headers;
        int number = Interlocked.Increment(ref _requests);
        headers["x-github-request-id"] = $"FAKE:{number.ToString("X4", CultureInfo.InvariantCulture)}";
        headers.Date = fake.TokenTime.ToString("R", CultureInfo.InvariantCulture);
        headers["x-ratelimit-limit"] = "5000";
        headers["x-ratelimit-remaining"] = "4999";
        headers["x-ratelimit-used"] = "1";
        headers["x-ratelimit-resource"] = "core";
        headers["x-ratelimit-reset"] = (fake.Time.GetUtcNow().ToUnixTimeSeconds() + 3600).ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<bool> AuthenticateAsync(FakeGitHub fake, HttpContext context)
    {
        string header = context.Request.Headers.Authorization.ToString();
        string token = header.Split(' ', 2) is [var scheme, var text] && scheme.ToLowerInvariant() is "token" or "bearer" ? header.Split(' ', 2)[1] : "";
        if (fake.Apps.FirstOrDefault(a => a.Signed(token, fake.TokenTime)) is { } app)
        {
            context.Items[AppItem] = app;
            context.Items[TokenItem] = new FakeToken { Login = app.Slug };
            return true;
        }

        // Anybody may ask for the limits of anybody.
        if (token.Length == 0 && context.Request.Path == "/rate_limit")
            return true;
        if (fake.Tokens.TryGetValue(token, out FakeToken? known) && (known.ExpiresAt is null || known.ExpiresAt > fake.TokenTime))
        {
            context.Items[TokenItem] = known;
            return true;
        }

        await Reply.ErrorAsync(context, 401, "Bad credentials");
        return false;
    }

    private static Task<byte[]> ApplyAsync(Fault? fault, HttpContext context, byte[] body)
    {
        if (fault?.Kind is not (FaultKind.StatusBeforeApplying or FaultKind.StatusAfterApplying))
            return Task.FromResult(body);
        context.Response.StatusCode = fault.Status;
        context.Response.Headers.Remove("Link");
        foreach ((string name, string value) in fault.Headers)
            context.Response.Headers[name] = value;
        return Task.FromResult(Encoding.UTF8.GetBytes(fault.Body));
    }

    /// <summary>An answer that is known already is not sent again.</summary>
    private static byte[] Tagged(FakeGitHub fake, HttpContext context, byte[] body)
    {
        if (context.Request.Method != "GET" || context.Response.StatusCode != 200)
            return body;
        string tag = $"W/\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body))}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch != tag)
            return body;
        fake.CountNotModified();
        context.Response.StatusCode = 304;
        return [];
    }

    private static async Task SendAsync(HttpContext context, byte[] body, bool isCut, bool isSlow, FakeGitHub fake)
    {
        if (context.Response.StatusCode is 204 or 304)
            return;
        context.Response.ContentLength = body.Length;
        if (isSlow)
        {
            await context.Response.Body.WriteAsync(body.AsMemory(0, 1));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, fake.Time, CancellationTokenSource.CreateLinkedTokenSource(fake.Stopping, context.RequestAborted).Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(isCut ? body.AsMemory(0, body.Length / 2) : body);
        if (!isCut)
            return;
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static void Record(FakeGitHub fake, HttpContext context, string request, string target, byte[] body, Fault? fault) => fake.Exchanges.Enqueue(new Exchange
    {
        Method = context.Request.Method,
        Target = target,
        Template = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.Replace("{**", "{", StringComparison.Ordinal),
        RequestHeaders = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        RequestBody = request,
        Status = context.Response.StatusCode,
        ResponseBody = Encoding.UTF8.GetString(body),
        IsFault = fault is not null,
    });

    private static async Task<string> BodyAsync(HttpRequest request)
    {
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy);
        request.Body = new MemoryStream(copy.ToArray());
        return Encoding.UTF8.GetString(copy.ToArray());
    }
}

using System.Globalization;
using System.Text;
using CmlNet.Testing.GitHub;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CmlNet.Testing.Hosting;

/// <summary>What surrounds every endpoint: the record, the token, and the faults.</summary>
internal static class FakeExchanger
{
    private static int _requests;

    public static async Task HandleAsync(FakeCodeHost fake, HttpContext context, RequestDelegate next)
    {
        byte[] request = await BodyAsync(context.Request);
        Fault? fault = fake.Faults.Take(context.Request.Method, context.Request.Path.Value ?? "");
        if (fault?.Kind == FaultKind.Hang)
        {
            await HangAsync(fake, context);
            return;
        }

        Stream wire = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        context.Response.Headers["x-request-id"] = "fake" + Interlocked.Increment(ref _requests).ToString(CultureInfo.InvariantCulture);
        bool applies = fault?.Kind is not (FaultKind.StatusBeforeApplying or FaultKind.ResetBeforeApplying);
        if (applies && await fake.AuthenticateAsync(context))
            await next(context);
        context.Response.Body = wire;
        byte[] body = Apply(fault, context, answer.ToArray());
        Record(fake, context, request, body, fault);
        if (fault?.Kind is FaultKind.ResetBeforeApplying or FaultKind.ResetAfterApplying)
            context.Abort();
        else
            await SendAsync(context, body, fault?.Kind switch { FaultKind.TruncatedAfterApplying => body.Length / 2, FaultKind.Slow => Math.Min(1, body.Length), _ => body.Length });
        if (fault?.Kind == FaultKind.Slow)
            await HangAsync(fake, context);
        else if (fault?.Kind == FaultKind.TruncatedAfterApplying)
            context.Abort();
    }

    private static async Task HangAsync(FakeCodeHost fake, HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(fake.Stopping, context.RequestAborted);
        await Task.Delay(Timeout.InfiniteTimeSpan, fake.Time, end.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        context.Abort();
    }

    private static byte[] Apply(Fault? fault, HttpContext context, byte[] body)
    {
        if (fault?.Kind is not (FaultKind.StatusBeforeApplying or FaultKind.StatusAfterApplying))
            return body;
        context.Response.StatusCode = fault.Status;
        context.Response.Headers.Remove("Link");
        foreach ((string name, string value) in fault.Headers)
            context.Response.Headers[name] = value;
        return Encoding.UTF8.GetBytes(fault.Body);
    }

    private static async Task SendAsync(HttpContext context, byte[] body, int sent)
    {
        if (context.Response.StatusCode == 204)
            return;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, sent));
        await context.Response.Body.FlushAsync();
    }

    private static void Record(FakeCodeHost fake, HttpContext context, byte[] request, byte[] body, Fault? fault) => fake.Exchanges.Enqueue(new Exchange
    {
        Method = context.Request.Method,
        Target = context.Request.Path.Value + context.Request.QueryString,
        Template = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText,
        RequestHeaders = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        RequestBody = Encoding.UTF8.GetString(request),
        Status = context.Response.StatusCode,
        ResponseBody = Encoding.UTF8.GetString(body),
        IsFault = fault is not null,
    });

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy);
        request.Body = new MemoryStream(copy.ToArray());
        return copy.ToArray();
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Control;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Runner.Web;

/// <summary>
/// The status page, its data, live logs, and metrics. On loopback anyone may look; everywhere else, and for anything that
/// changes something, the token is demanded: as <c>Authorization: Bearer</c>, or in the page's own cookie.
/// </summary>
internal sealed class WebEndpoints(DaemonControl control, string? token, bool isLoopback)
{
    private const string Cookie = "cml-token";

    public void Map(WebApplication app)
    {
        // Every answer: no foreign content, no framing, no guessing of types.
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            context.Response.Headers.CacheControl = "no-store";
            // A page elsewhere whose name was made to point here would be of our origin.
            if (!isLoopback || context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]" or "::1")
                return next(context);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync("Ask for localhost.\n", context.RequestAborted);
        });
        // Health says nothing about jobs: open to probes.
        app.MapGet("/healthz", context => context.Response.WriteAsync("ok\n", context.RequestAborted));
        app.MapGet("/readyz", ReadyAsync);
        app.MapGet("/metrics", context => LookAsync(context, () => TextAsync(context, "text/plain; version=0.0.4; charset=utf-8", MetricsText.Render(control.Parts))));
        app.MapGet("/", context => LookAsync(context, () => TextAsync(context, "text/html; charset=utf-8", StatusPage.Html)));
        app.MapGet("/status.css", context => TextAsync(context, "text/css; charset=utf-8", StatusPage.Css));
        app.MapGet("/status.js", context => TextAsync(context, "text/javascript; charset=utf-8", StatusPage.Script));
        app.MapGet("/api/status", context => LookAsync(context, () => JsonAsync(context)));
        app.MapGet("/api/logs/{runner}", context => LookAsync(context, () => LogsAsync(context)));
        app.MapGet("/api/usage/{runner}", context => LookAsync(context, () => UsageAsync(context)));
        app.MapPost("/api/drain", DrainAsync);
        app.MapPost("/api/resume", ResumeAsync);
        app.MapPost("/login", LogInAsync);
    }

    private Task DrainAsync(HttpContext context) => ChangeAsync(context, () => control.DrainAsync(null, context.RequestAborted));

    private Task ResumeAsync(HttpContext context) => ChangeAsync(context, () => Task.FromResult(control.Resume(null)));

    private Task ReadyAsync(HttpContext context)
    {
        bool isReady = control.Parts.Pools.Any(pool => pool.Condition == PoolCondition.Ready);
        context.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync(isReady ? "ready\n" : "no pool is ready\n", context.RequestAborted);
    }

    private Task LookAsync(HttpContext context, Func<Task> show)
    {
        if (isLoopback || HasToken(context))
            return show();
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return TextAsync(context, "text/html; charset=utf-8", StatusPage.LogIn);
    }

    private async Task ChangeAsync(HttpContext context, Func<Task<string?>> change)
    {
        // A page elsewhere must not do it with the cookie; browsers say where a request comes from.
        bool isForeign = context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin");
        if (isForeign || !HasToken(context))
        {
            context.Response.StatusCode = token is null ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync(token is null ? "Set web.token in runner.yaml to allow this.\n" : "The token is missing or wrong.\n", context.RequestAborted);
            return;
        }

        string answer;
        try
        {
            answer = await change() ?? "";
        }
        catch (Exception exception) when (exception is GitHubException or JournalException or RunnerConfigurationException)
        {
            (context.Response.StatusCode, answer) = (StatusCodes.Status502BadGateway, exception.Message);
        }

        await context.Response.WriteAsync(answer + "\n", context.RequestAborted);
    }

    private async Task LogInAsync(HttpContext context)
    {
        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidDataException or IOException)
        {
            // No form at all, or a broken one.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (IsToken(form["token"].ToString()))
            context.Response.Cookies.Append(Cookie, form["token"].ToString(), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(30) });
        context.Response.Redirect("/");
    }

    private bool HasToken(HttpContext context)
    {
        string header = context.Request.Headers.Authorization.ToString();
        return IsToken(header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : context.Request.Cookies[Cookie] ?? "");
    }

    private bool IsToken(string given) => token is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private Task JsonAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, control.Status(), ControlJson.Default.StatusReport, context.RequestAborted);
    }

    private Task UsageAsync(HttpContext context)
    {
        if (control.FindUsage((string?)context.Request.RouteValues["runner"] ?? "") is not { } usage)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, usage, ControlJson.Default.JobUsage, context.RequestAborted);
    }

    private async Task LogsAsync(HttpContext context)
    {
        if (control.FindRunners((string?)context.Request.RouteValues["runner"] ?? "") is not [{ ContainerId: { } container }] || control.Parts.Inspection is not { } inspection)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        var events = new EventSink(context.Response);
        try
        {
            await inspection.ReadLogsAsync(container, 200, follow: true, events, context.RequestAborted);
            await events.EndAsync(context.RequestAborted);
        }
        catch (Exception exception) when (exception is EngineException or OperationCanceledException)
        {
            // The reader has gone, or the container: the page shows what there was.
        }
    }

    private static Task TextAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}

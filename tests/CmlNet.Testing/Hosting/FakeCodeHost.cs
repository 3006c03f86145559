using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CmlNet.Testing.Hosting;

/// <summary>
/// A code host's REST API with state, on a port of this machine, perhaps under a path. Each request is checked against rules written by
/// hand from the vendor's documentation, and, where a package has the vendor's description of its API, every exchange against that.
/// </summary>
public abstract class FakeCodeHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _apiPath;

    private protected FakeCodeHost(WebApplication app, string prefix, string apiPath)
    {
        _app = app;
        _apiPath = apiPath;
        Prefix = prefix;
    }

    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>Requests in the order they ended.</summary>
    public ConcurrentQueue<Exchange> Exchanges { get; } = new();

    public FaultPlan Faults { get; } = new();

    /// <summary>What the rules have against the requests so far.</summary>
    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>Where it is: no slash at the end.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Link headers name a host that nobody reaches it by, as behind a proxy that is not configured well.</summary>
    public string LinkOrigin { get; set; } = "http://internal.invalid:8929";

    internal CancellationToken Stopping => _stopping.Token;

    private protected string Prefix { get; }

    public IReadOnlyList<string> Requests() => [.. Exchanges.Select(e => $"{e.Method} {e.Target}")];

    /// <summary>Where the vendor's description is; null when no package has a current one.</summary>
    private protected virtual OpenApiPackage? Description => null;

    /// <summary>The description itself is known to be incomplete here.</summary>
    private protected virtual bool IsGap(string error) => false;

    /// <exception cref="InvalidOperationException">An exchange is not as the vendor describes its API.</exception>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
        if (Description is { } package && await package.GetAsync() is { } description && Check(description) is { Count: > 0 } errors)
            throw new InvalidOperationException("Not as in the vendor's description of its API:\n" + string.Join('\n', errors));
    }

    /// <summary>What is wrong with the exchanges so far; answers made up by faults, and paths that are none of the API's, are left out.</summary>
    internal IReadOnlyList<string> Check(OpenApiDescription description) =>
        [.. Exchanges.Where(e => !e.IsFault && e.Template?.StartsWith(_apiPath + "/", StringComparison.Ordinal) == true).SelectMany(e => Check(description, e)).Where(e => !IsGap(e)).Distinct(StringComparer.Ordinal)];

    private IReadOnlyList<string> Check(OpenApiDescription description, Exchange exchange)
    {
        string[] target = exchange.Target.Split('?', 2);
        string path = target[0][(target[0].IndexOf(_apiPath + "/", StringComparison.Ordinal) + _apiPath.Length)..];
        if (description.TemplateOf(path) is not { } template)
            return [$"{exchange.Method} {path} is not in the description"];
        IEnumerable<string> query = target.Length < 2 ? [] : target[1].Split('&').Select(pair => Uri.UnescapeDataString(pair.Split('=')[0]));
        // A form's file is not JSON, and is what the rules are for.
        string? body = exchange.RequestHeaders.TryGetValue("Content-Type", out string? type) && type.StartsWith("multipart/", StringComparison.Ordinal) ? null : exchange.RequestBody;
        return [.. description.CheckQuery(exchange.Method, template, query), .. description.Check(exchange.Method, template, body, exchange.Status, exchange.ResponseBody)];
    }

    private protected static WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
        });
        builder.Services.AddRoutingCore();
        return builder.Build();
    }

    private protected async Task ListenAsync()
    {
        if (Prefix.Length > 0)
            _app.UsePathBase(Prefix);
        _app.Use((context, next) => Prefix.Length > 0 && context.Request.PathBase != Prefix ? SomethingElseAsync(context) : next(context));
        _app.Use(async (context, next) =>
        {
            if (!await ServeGitAsync(context))
                await next(context);
        });
        _app.UseRouting();
        _app.Use((context, next) => FakeExchanger.HandleAsync(this, context, next));
        Map();
        _app.MapFallback(context =>
        {
            Violations.Enqueue($"{context.Request.Method} {context.Request.Path} is not in the documentation");
            return ErrorAsync(context, 404, "404 Not Found");
        });
        await _app.StartAsync();
        Url = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + Prefix;
    }

    private protected abstract void Map();

    /// <summary>Whether the request has a token that counts; otherwise the host's refusal has been answered.</summary>
    internal abstract Task<bool> AuthenticateAsync(HttpContext context);

    /// <summary>Directory of the repository with this address, and whether the password lets in; null where there is none.</summary>
    private protected abstract string? GitDirectory(string project, string? password);

    private protected virtual Task ErrorAsync(HttpContext context, int status, string message) => JsonAsync(context, new JsonObject { ["message"] = message }, status);

    /// <summary>An endpoint with the rules for its requests.</summary>
    private protected void On(string method, string path, string rules, Func<HttpContext, JsonObject, Task> handler)
    {
        var rule = new RequestRule(rules);
        _app.MapMethods(_apiPath + path, [method], async context =>
        {
            JsonObject? body = rule.IsForm ? null : await BodyAsync(context);
            foreach (string wrong in rule.Check(body, context.Request.Query.Keys))
                Violations.Enqueue($"{method} {path}: {wrong}");
            await handler(context, body ?? []);
        });
    }

    private protected static string Text(HttpContext context, string name) => Uri.UnescapeDataString(context.Request.RouteValues[name]?.ToString() ?? "");

    private protected static long Number(HttpContext context, string name) => long.TryParse(Text(context, name), CultureInfo.InvariantCulture, out long number) ? number : -1;

    private protected static async Task JsonAsync(HttpContext context, JsonNode body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString());
    }

    /// <summary>One page of a list, with the <c>Link</c> header.</summary>
    private protected Task PageAsync(HttpContext context, IReadOnlyList<JsonNode> all, string sizeName, int size)
    {
        IQueryCollection query = context.Request.Query;
        int count = int.TryParse(query[sizeName], CultureInfo.InvariantCulture, out int asked) ? Math.Clamp(asked, 1, 100) : size;
        int page = int.TryParse(query["page"], CultureInfo.InvariantCulture, out int at) && at > 0 ? at : 1;
        if (page * count < all.Count)
        {
            IEnumerable<string> others = query.Where(q => q.Key != "page").Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value.ToString())}&");
            context.Response.Headers.Link = $"<{LinkOrigin}{context.Request.Path}?{string.Concat(others)}page={page + 1}>; rel=\"next\"";
        }

        return JsonAsync(context, new JsonArray([.. all.Skip((page - 1) * count).Take(count)]));
    }

    private static async Task<JsonObject?> BodyAsync(HttpContext context)
    {
        try
        {
            return context.Request.ContentLength is > 0 ? await JsonNode.ParseAsync(context.Request.Body) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What else lives on the server sends strangers to its front page.</summary>
    private static async Task SomethingElseAsync(HttpContext context)
    {
        if (context.Request.Path == "/welcome")
        {
            await context.Response.WriteAsync("<html>Welcome</html>");
            return;
        }

        context.Response.Redirect("/welcome");
    }

    private async Task<bool> ServeGitAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        int end = path.IndexOf(".git/", StringComparison.Ordinal);
        if (end < 0)
            return false;
        string? header = context.Request.Headers.Authorization;
        string? password = header?.StartsWith("Basic ", StringComparison.Ordinal) == true
            ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(header[6..])).Split(':', 2)[^1]
            : null;
        if (GitDirectory(path[1..end], password) is { } directory)
            await FakeGitServer.ServeAsync(context, directory, path[(end + 4)..]);
        else
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"git\"";
        }

        return true;
    }
}

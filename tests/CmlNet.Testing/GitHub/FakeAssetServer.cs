using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CmlNet.Testing.GitHub;

/// <summary>An asset server as CML's protocol has it: POST of raw bytes anywhere, answered by the URL the bytes can be fetched from.</summary>
public sealed class FakeAssetServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeAssetServer(WebApplication app) => _app = app;

    /// <summary>Address to POST to.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Uploads in the order they came.</summary>
    public ConcurrentQueue<(string FileName, string ContentType, byte[] Content)> Uploads { get; } = new();

    /// <summary>File names that are answered with status 500.</summary>
    public ConcurrentDictionary<string, bool> Failing { get; } = new(StringComparer.Ordinal);

    /// <summary>Answered instead of a URL where set.</summary>
    public string? Answer { get; set; }

    public ConcurrentDictionary<string, (string ContentType, byte[] Content)> Files { get; } = new(StringComparer.Ordinal);

    public static async Task<FakeAssetServer> StartAsync(IPAddress? address = null, X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address ?? IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        var server = new FakeAssetServer(app);
        app.MapPost("/{**path}", server.StoreAsync);
        app.MapGet("/{name}", server.FetchAsync);
        await app.StartAsync();
        server.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task StoreAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy);
        string disposition = context.Request.Headers.ContentDisposition.ToString();
        string name = disposition.Split("filename=\"") is [_, var rest] ? rest.TrimEnd('"') : "";
        if (Failing.ContainsKey(name))
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        string type = context.Request.ContentType ?? "";
        Uploads.Enqueue((name, type, copy.ToArray()));
        string hash = Convert.ToHexStringLower(SHA256.HashData(copy.ToArray()));
        Files[hash] = (type, copy.ToArray());
        await context.Response.WriteAsync(Answer ?? $"{Url}/{hash}");
    }

    private async Task FetchAsync(HttpContext context)
    {
        if (!Files.TryGetValue(context.Request.RouteValues["name"]?.ToString() ?? "", out (string ContentType, byte[] Content) file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = file.ContentType;
        await context.Response.Body.WriteAsync(file.Content);
    }
}

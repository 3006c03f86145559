using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Actions;

/// <summary>The metadata services of three clouds, each at its own paths, with the headers that each demands.</summary>
public sealed class FakeMetadata : IAsyncDisposable
{
    private WebApplication? _app;

    public string Url { get; private set; } = "";

    public bool IsPreempted { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    /// <summary>What the asker did wrong.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public static async Task<FakeMetadata> StartAsync()
    {
        var fake = new FakeMetadata();
        (fake._app, fake.Url) = await HostedApp.StartAsync(app =>
        {
            app.MapPut("/latest/api/token", context => context.Response.WriteAsync("token-1"));
            app.MapGet("/latest/meta-data/spot/instance-action", context => fake.AnswerAsync(context, "X-aws-ec2-metadata-token", "token-1", fake.IsPreempted ? """{"action":"terminate","time":"2026-09-18T08:22:00Z"}""" : null));
            app.MapGet("/metadata/scheduledevents", context => fake.AnswerAsync(context, "Metadata", "true", "{\"DocumentIncarnation\":1,\"Events\":[{\"EventType\":\"Freeze\",\"NotBefore\":\"\"}" + (fake.IsPreempted ? ",{\"EventType\":\"Preempt\",\"NotBefore\":\"Mon, 19 Sep 2026 18:29:47 GMT\"}" : "") + "]}"));
            app.MapGet("/computeMetadata/v1/instance/preempted", context => fake.AnswerAsync(context, "Metadata-Flavor", "Google", fake.IsPreempted ? "TRUE" : "FALSE"));
        });
        return fake;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is { } app)
            await app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context, string header, string value, string? answer)
    {
        Asked++;
        if (context.Request.Headers[header].ToString() != value)
            Complaints.Enqueue($"{context.Request.Path}: {header} is not {value}");
        context.Response.StatusCode = answer is null ? 404 : 200;
        return context.Response.WriteAsync(answer ?? "");
    }
}

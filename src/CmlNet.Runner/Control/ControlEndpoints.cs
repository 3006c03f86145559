using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Runner.Control;

/// <summary>The commands as HTTP, for the control socket.</summary>
internal static class ControlEndpoints
{
    private const int MostLines = 10_000;

    public static void Map(WebApplication app, DaemonControl control, IContainerEngine? engine)
    {
        app.Use(GuardAsync);
        app.MapGet("/status", context => WriteAsync(context, control.Status(), ControlJson.Default.StatusReport));
        app.MapPost("/drain", async context => await AnswerAsync(context, await control.DrainAsync(Pool(context), context.RequestAborted), $"There is no pool '{Pool(context)}'."));
        app.MapPost("/resume", context => AnswerAsync(context, control.Resume(Pool(context)), $"There is no pool '{Pool(context)}'."));
        app.MapPost("/cancel", context => CancelAsync(context, control));
        app.MapPost("/prune", async context => await AnswerAsync(context, await control.PruneAsync(engine, context.RequestAborted), ""));
        app.MapGet("/logs", context => LogsAsync(context, control));
    }

    // Whoever asks is told what is away, GitHub, the engine, or the disk.
    private static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception is EngineException or GitHubException or JournalException or RunnerConfigurationException && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            await WriteAsync(context, new ControlAnswer(exception.Message), ControlJson.Default.ControlAnswer);
        }
    }

    private static async Task LogsAsync(HttpContext context, DaemonControl control)
    {
        IReadOnlyList<RunnerRecord> found = control.FindRunners(Name(context));
        if (found is not [{ ContainerId: { } container }] || control.Parts.Inspection is not { } inspection)
        {
            await AnswerAsync(context, null, found.Count > 1 ? Several(context, found) : Unknown(context));
            return;
        }

        int lines = int.TryParse(context.Request.Query["lines"], out int asked) ? Math.Clamp(asked, 0, MostLines) : 200;
        context.Response.ContentType = "text/plain; charset=utf-8";
        try
        {
            await inspection.ReadLogsAsync(container, lines, context.Request.Query["follow"] == "true", new ResponseSink(context.Response), context.RequestAborted);
        }
        catch (Exception exception) when (exception is EngineException or OperationCanceledException)
        {
            // The log ends where it broke; the status tells why.
        }
    }

    private static Task CancelAsync(HttpContext context, DaemonControl control)
    {
        IReadOnlyList<RunnerRecord> found = control.FindRunners(Name(context));
        return AnswerAsync(context, found is [var runner] && control.Cancel(runner.Name) ? $"{runner.Name} is being stopped" : null, found.Count > 1 ? Several(context, found) : Unknown(context));
    }

    // Two runs of one workflow have jobs of the same names: none of them is to be ended by chance.
    private static string Several(HttpContext context, IReadOnlyList<RunnerRecord> runners) => $"{runners.Count} running jobs are named '{Name(context)}'. Say which by its runner: {string.Join(", ", runners.Select(runner => runner.Name))}.";

    private static string? Pool(HttpContext context) => context.Request.Query["pool"].ToString() is { Length: > 0 } pool ? pool : null;

    private static string Name(HttpContext context) => context.Request.Query["name"].ToString();

    private static string Unknown(HttpContext context) => $"There is no runner or running job '{Name(context)}'. 'cml runner status' lists them.";

    private static Task AnswerAsync(HttpContext context, string? message, string missing)
    {
        context.Response.StatusCode = message is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return WriteAsync(context, new ControlAnswer(message ?? missing), ControlJson.Default.ControlAnswer);
    }

    private static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }

    private sealed class ResponseSink(HttpResponse response) : IOutputSink
    {
        public async ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            await response.Body.WriteAsync(data, cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }
}

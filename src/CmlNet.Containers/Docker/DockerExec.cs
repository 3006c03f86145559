using System.Globalization;
using System.Text.Json;
using CmlNet.Containers.Docker.Wire;
using Microsoft.Extensions.Logging;

namespace CmlNet.Containers.Docker;

/// <summary>Runs commands in one container: three requests each (create, start on a raw connection, inspect).</summary>
internal sealed class DockerExec(DockerClient client, string containerId, string containerName, TimeProvider time, ILogger logger)
{
    // The engine ends the output before its own records say so only in rare races; then a few looks are enough.
    private static readonly TimeSpan ExitCodeDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ExitCodePoll = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// The command gets a variable of its own in its environment, which everything it starts inherits: that is how it is
    /// found again when it must be stopped (the Engine API cannot signal a command). Nothing is wrapped around it:
    /// it costs no request and no shell, and a shell in between would drop variables that are not identifiers,
    /// such as INPUT_WHO-TO-GREET of an action.
    /// </summary>
    public async Task<ExecResult> RunAsync(ExecSpec spec, IOutputSink output, CancellationToken cancellationToken)
    {
        var marker = ExecMarker.Create();
        var purpose = $"run {ProgramOf(spec)} in container {containerName}";
        var execId = await CreateAsync(spec, marker, purpose, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        using var pumping = new CancellationTokenSource();
        ExecConnection? connection = null;
        var pump = Task.CompletedTask;
        try
        {
            // Not cancellable once sent: the command may have started, and must then be stopped in order.
            connection = await ExecConnection.StartAsync(client, execId, purpose, pumping.Token);
            pump = connection.PumpAsync(output, purpose, pumping.Token);
            await pump.WaitAsync(cancellationToken);
            return new ExecResult(await ReadExitCodeAsync(execId, purpose));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await StopAsync(spec, marker, pump);
            throw;
        }
        catch (EngineException exception) when (exception.Kind == EngineErrorKind.Unreachable && connection is not null)
        {
            throw DockerErrors.Lost(client.Endpoint, purpose, exception);
        }
        catch (Exception exception) when (exception is not EngineException)
        {
            // Whoever takes the output cannot: the command is not left running behind their back.
            await StopAsync(spec, marker, Task.CompletedTask);
            throw;
        }
        finally
        {
            await pumping.CancelAsync();
            connection?.Dispose();
            // Whoever gave the output may close it now; how the pump ended is known above.
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs a short command of ours and returns what it wrote to standard output; null when it could not be started.</summary>
    public async Task<string?> RunQuietlyAsync(IReadOnlyList<string> command, string? user, CancellationToken cancellationToken)
    {
        var spec = new ExecSpec { Command = command, User = user, WorkingDirectory = "/" };
        var purpose = $"look for the command's processes in container {containerName}";
        var sink = new TextSink();
        var execId = await CreateAsync(spec, marker: null, purpose, cancellationToken);
        using var connection = await ExecConnection.StartAsync(client, execId, purpose, cancellationToken);
        await connection.PumpAsync(sink, purpose, cancellationToken);
        var inspected = await InspectAsync(execId, purpose, cancellationToken);
        return inspected is { ExitCode: 0 } ? sink.ToString() : null;
    }

    private async Task StopAsync(ExecSpec spec, ExecMarker marker, Task pump) =>
        await new ExecStopper(this, client, containerId, containerName, time, logger).StopAsync(spec, marker, pump);

    private async Task<string> CreateAsync(ExecSpec spec, ExecMarker? marker, string purpose, CancellationToken cancellationToken)
    {
        var entries = CreateRequestBuilder.ToEntries(spec.Environment);
        var request = new ExecCreateRequest
        {
            Cmd = spec.Command,
            Env = marker is null ? entries : [.. entries ?? [], marker.Entry],
            WorkingDir = spec.WorkingDirectory,
            User = spec.User,
        };
        var created = await client.ReadAsync(
            new DockerRequest
            {
                Method = HttpMethod.Post,
                Path = $"/containers/{containerId}/exec",
                Purpose = purpose,
                Json = JsonSerializer.SerializeToUtf8Bytes(request, DockerJson.Default.ExecCreateRequest),
            },
            DockerJson.Default.IdResponse,
            cancellationToken);
        return created.Id;
    }

    private async Task<int> ReadExitCodeAsync(string execId, string purpose)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var inspected = await InspectAsync(execId, purpose, CancellationToken.None);
            if (inspected is { Running: false, ExitCode: { } exitCode })
                return exitCode;
            if (time.GetElapsedTime(began) > ExitCodeDeadline)
                throw DockerErrors.Lost(client.Endpoint, purpose, inner: null);
            await Task.Delay(ExitCodePoll, time, CancellationToken.None);
        }
    }

    private Task<ExecInspect> InspectAsync(string execId, string purpose, CancellationToken cancellationToken) => client.ReadAsync(
        new DockerRequest { Method = HttpMethod.Get, Path = $"/exec/{execId}/json", Purpose = purpose },
        DockerJson.Default.ExecInspect,
        cancellationToken);

    // The program only: arguments may hold secrets.
    private static string ProgramOf(ExecSpec spec) => spec.Command.Count == 0
        ? throw new EngineException(EngineErrorKind.Refused, "No command was given to run in the container.")
        : string.Create(CultureInfo.InvariantCulture, $"'{spec.Command[0]}'");
}

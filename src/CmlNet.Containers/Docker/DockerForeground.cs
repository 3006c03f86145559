using CmlNet.Containers.Docker.Wire;

namespace CmlNet.Containers.Docker;

/// <summary>Runs one created container to its end: attach before start, so that nothing of the output is missed.</summary>
internal sealed class DockerForeground(DockerClient client, string id, string name, TimeProvider time)
{
    public async Task<ExecResult> RunAsync(IOutputSink output, StopLadder stop, CancellationToken cancellationToken)
    {
        var purpose = $"run container {name}";
        using var pumping = new CancellationTokenSource();
        using var connection = await ExecConnection.AttachAsync(client, id, purpose, pumping.Token);
        var pump = connection.PumpAsync(output, purpose, pumping.Token);
        try
        {
            await client.DoAsync(new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{id}/start", Purpose = $"start container {name}" }, CancellationToken.None);
            var ended = EndAsync(pump, purpose);
            try
            {
                return await ended.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await StopAsync(ended, stop);
                throw;
            }
        }
        finally
        {
            await pumping.CancelAsync();
        }
    }

    private async Task<ExecResult> EndAsync(Task pump, string purpose)
    {
        await pump;
        var request = new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{id}/wait", Purpose = purpose, Timeout = null };
        var answer = await client.ReadAsync(request, DockerJson.Default.WaitResponse, CancellationToken.None);
        return new ExecResult(answer.StatusCode);
    }

    /// <summary>The last step, SIGKILL, is the removal of the container.</summary>
    private async Task StopAsync(Task ended, StopLadder stop)
    {
        foreach (var (signal, patience) in new[] { ("SIGINT", stop.AfterInterrupt), ("SIGTERM", stop.AfterTerminate) })
        {
            try
            {
                var request = new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{id}/kill", Purpose = $"stop container {name}", Query = [("signal", signal)] };
                await client.DoAsync(request, CancellationToken.None);
                await ended.WaitAsync(patience, time);
                return;
            }
            catch (TimeoutException)
            {
                // It goes on: the next signal.
                continue;
            }
            catch (EngineException)
            {
                // It ended a moment ago, or the engine is gone: the removal that follows says so.
                return;
            }
        }
    }
}

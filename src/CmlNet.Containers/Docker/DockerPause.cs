namespace CmlNet.Containers.Docker;

/// <summary>A container that is held until this is disposed.</summary>
internal sealed class DockerPause(DockerClient client, string id, string name, TimeProvider time) : IAsyncDisposable
{
    // The engine keeps a note of what is held, and sets it by events that come after its answers: when one hold follows another, the
    // end of the first can overwrite the beginning of the second. Until the note is right again, it refuses what would be right.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static async Task<DockerPause> BeginAsync(DockerClient client, string id, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pause = new DockerPause(client, id, name, time);
        await pause.HoldAsync();
        return pause;
    }

    /// <summary>Asked for until the engine has answered: a container that stayed held would keep its commands waiting for ever.</summary>
    /// <exception cref="EngineException">It is held still.</exception>
    public async ValueTask DisposeAsync()
    {
        long began = time.GetTimestamp();
        bool unanswered = false;
        while (true)
        {
            try
            {
                await DoAsync("unpause", $"let container {name} go on");
                return;
            }
            catch (EngineException exception) when (IsGone(exception) || (unanswered && IsStale(exception, "is not paused")))
            {
                // Nobody is held: the container ended or was removed, or an earlier try was carried out and only its answer was lost.
                return;
            }
            catch (EngineException exception) when ((IsSilence(exception) || IsStale(exception, "is not paused")) && time.GetElapsedTime(began) < Patience)
            {
                unanswered |= IsSilence(exception);
                await Task.Delay(Interval, time, CancellationToken.None);
            }
        }
    }

    private async Task HoldAsync()
    {
        long began = time.GetTimestamp();
        while (true)
        {
            try
            {
                await DoAsync("pause", $"pause container {name}");
                return;
            }
            catch (EngineException exception) when (IsStale(exception, "already paused") && time.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Interval, time, CancellationToken.None);
            }
            catch (EngineException exception) when (IsSilence(exception))
            {
                await LetGoAsync();
                throw;
            }
        }
    }

    /// <summary>It may be held although nobody said so.</summary>
    private async Task LetGoAsync()
    {
        try
        {
            await DoAsync("unpause", $"let container {name} go on");
        }
        catch (EngineException)
        {
            // Best effort; the silence before it is what is told.
        }
    }

    /// <summary>Not cancellable once sent.</summary>
    private Task DoAsync(string action, string purpose) =>
        client.DoAsync(new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{id}/{action}", Purpose = purpose }, CancellationToken.None);

    private static bool IsSilence(EngineException exception) => exception.Status is null && exception.Kind is EngineErrorKind.Lost or EngineErrorKind.Unreachable;

    private static bool IsGone(EngineException exception) => exception.Status is not null && exception.Kind == EngineErrorKind.Lost;

    private static bool IsStale(EngineException exception, string stale) => exception.EngineMessage?.Contains(stale, StringComparison.Ordinal) == true;
}

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
        await pause.DoAsync("pause", $"pause container {name}", "already paused");
        return pause;
    }

    public async ValueTask DisposeAsync() => await DoAsync("unpause", $"let container {name} go on", "is not paused");

    /// <summary>Not cancellable once sent: a container that stayed held would keep its commands waiting for ever.</summary>
    private async Task DoAsync(string action, string purpose, string stale)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                await client.DoAsync(new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{id}/{action}", Purpose = purpose }, CancellationToken.None);
                return;
            }
            catch (EngineException exception) when (exception.EngineMessage?.Contains(stale, StringComparison.Ordinal) == true && time.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Interval, time, CancellationToken.None);
            }
        }
    }
}

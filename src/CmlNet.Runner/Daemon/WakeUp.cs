namespace CmlNet.Runner.Daemon;

/// <summary>Wakes a loop that waits for its next turn: once, however often it is rung meanwhile.</summary>
internal sealed class WakeUp(TimeProvider time)
{
    private volatile TaskCompletionSource _rung = NewSignal();

    public void Ring() => _rung.TrySetResult();

    /// <summary>Waits until it is rung, or was since the last wait, or the time is over.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            await Task.WhenAny(_rung.Task, Task.Delay(longest, time, limit.Token));
            await limit.CancelAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
        // What rings from here on is of the next wait: the loop looks only after this.
        if (_rung.Task.IsCompleted)
            _rung = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

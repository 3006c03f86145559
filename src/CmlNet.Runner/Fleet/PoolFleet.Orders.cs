using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet;

/// <summary>What a pool is told from outside, and how long its runners are there.</summary>
internal sealed partial class PoolFleet
{
    /// <summary>Takes no more jobs, and removes runners without one.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        Hold();
        _context.Board.Share();
        await ShrinkAsync(cancellationToken);
    }

    /// <summary>Takes no more jobs.</summary>
    public void Hold()
    {
        lock (_gate)
            _health.Drain();
    }

    /// <summary>Ends every runner without a job, without asking GitHub whether it has just got one.</summary>
    public void StopIdle(string reason)
    {
        lock (_gate)
        {
            foreach (RunnerEntry entry in _runners.Values.Where(entry => entry.Record.State == RunnerState.Idle))
                entry.RequestStop(reason);
        }
    }

    /// <summary>Waits no longer for GitHub to register runners.</summary>
    public Task GiveUpRegistrationsAsync() => _registering.CancelAsync();

    public void Resume()
    {
        lock (_gate)
            _health.Resume();
        Grow();
        _context.Board.Share();
    }

    /// <summary>Makes a runner end, whatever it does. False when there is none of that name.</summary>
    public bool Cancel(string runner, string reason, bool isLoss = false)
    {
        lock (_gate)
        {
            if (!_runners.TryGetValue(runner, out RunnerEntry? entry) || !entry.Record.IsAlive)
                return false;
            entry.RequestStop(reason, isLoss);
            return true;
        }
    }

    /// <summary>Those of its runners that are still on this machine: each is done when nothing of it is left.</summary>
    public IReadOnlyList<Task> Present => Locked<IReadOnlyList<Task>>(() => [.. _runners.Values.Select(entry => entry.Gone).Where(gone => !gone.IsCompleted)]);

    /// <summary>Asks which runners' jobs have ended, for a pool that nobody tells: GitHub takes ephemeral runners off its list after their job.</summary>
    public async Task FindEndsAsync(CancellationToken cancellationToken)
    {
        foreach (RunnerEntry entry in Locked(() => _runners.Values.Where(entry => entry is { Record.State: RunnerState.Busy, SinceJobEnd: null }).ToArray()))
        {
            if (await Registry.FindAsync(entry.Record.Name, cancellationToken) is null)
                entry.NoteJobEnd();
        }
    }

    /// <summary>Waits until no runner is left.</summary>
    public async Task WhenEmptyAsync(CancellationToken cancellationToken)
    {
        while (Locked(() => _lives.Values.ToArray()) is { Length: > 0 } lives)
            await Task.WhenAll(lives).WaitAsync(cancellationToken);
    }

    /// <summary>Waits until no runner is left on this machine; GitHub may still list some.</summary>
    public async Task WhenGoneAsync(CancellationToken cancellationToken)
    {
        while (Present is { Count: > 0 } left)
            await Task.WhenAll(left).WaitAsync(cancellationToken);
    }
}

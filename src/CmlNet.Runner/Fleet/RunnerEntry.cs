using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet;

/// <summary>A runner in memory: its record, and the wish that it end.</summary>
internal sealed class RunnerEntry(RunnerRecord record)
{
    private volatile TaskCompletionSource _changed = NewSignal();

    public RunnerRecord Record { get; set; } = record;

    /// <summary>Why it is to end; null while it is not.</summary>
    public string? StopReason { get; private set; }

    /// <summary>It was told to end while it had a job.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Done at the next change of state or wish.</summary>
    public Task Changed => _changed.Task;

    public void RequestStop(string reason)
    {
        StopReason ??= reason;
        IsCancelled |= Record.State == RunnerState.Busy;
        Signal();
    }

    public void Signal()
    {
        TaskCompletionSource old = _changed;
        _changed = NewSignal();
        old.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

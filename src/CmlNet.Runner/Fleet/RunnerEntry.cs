using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet;

/// <summary>A runner in memory: its record, and the wish that it end.</summary>
internal sealed class RunnerEntry(RunnerRecord record, TimeProvider time)
{
    private RunnerRecord _record = record;
    private long _entered = time.GetTimestamp();
    private TimeSpan _before = Before(record, time);
    private volatile TaskCompletionSource _changed = NewSignal();
    private readonly TaskCompletionSource _gone = NewSignal();
    private long? _jobEnded;

    public RunnerRecord Record
    {
        get => _record;
        set
        {
            if (value.State != _record.State)
                (_entered, _before) = (time.GetTimestamp(), TimeSpan.Zero);
            _record = value;
        }
    }

    /// <summary>How long it has been in its state; not by the wall clock, which may be set meanwhile.</summary>
    public TimeSpan Elapsed => _before + time.GetElapsedTime(_entered);

    /// <summary>Why it is to end; null while it is not.</summary>
    public string? StopReason { get; private set; }

    /// <summary>It was told to end while it had a job.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Done at the next change of state or wish.</summary>
    public Task Changed => _changed.Task;

    /// <summary>Done when nothing of it is left on this machine; GitHub may still list it.</summary>
    public Task Gone => _gone.Task;

    /// <summary>How long ago GitHub said that its job has ended; null before that.</summary>
    public TimeSpan? SinceJobEnd => _jobEnded is { } ended ? time.GetElapsedTime(ended) : null;

    /// <summary>GitHub says that its job has ended.</summary>
    public void NoteJobEnd()
    {
        _jobEnded ??= time.GetTimestamp();
        Signal();
    }

    public void NoteGone() => _gone.TrySetResult();

    /// <param name="reason">In a few words.</param>
    /// <param name="isLoss">Nobody wanted its job to end: it counts as lost.</param>
    public void RequestStop(string reason, bool isLoss = false)
    {
        StopReason ??= reason;
        IsCancelled |= Record.State == RunnerState.Busy && !isLoss;
        Signal();
    }

    public void Signal()
    {
        TaskCompletionSource old = _changed;
        _changed = NewSignal();
        old.TrySetResult();
    }

    // One that was taken over has been so for a while; a clock that was set back since says nothing.
    private static TimeSpan Before(RunnerRecord record, TimeProvider time)
    {
        DateTimeOffset since = (record.State == RunnerState.Busy ? record.Busy : record.Started) ?? record.Created;
        TimeSpan before = time.GetUtcNow() - since;
        return before > TimeSpan.Zero ? before : TimeSpan.Zero;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.Collections.Concurrent;
using CmlNet.Workflows.Execution.Progress;

namespace CmlNet.Workflows.Tests.Execution.Runs;

/// <summary>Keeps what happened in a run.</summary>
internal sealed class RecordingObserver(Action<RunEvent>? also) : IRunObserver
{
    public ConcurrentQueue<RunEvent> Events { get; } = new();

    public IEnumerable<string> Lines => Events.OfType<StepOutput>().Select(e => e.Line);

    public IEnumerable<string> Notices => Events.OfType<Notice>().Select(e => e.Message);

    public void On(RunEvent happened)
    {
        Events.Enqueue(happened);
        also?.Invoke(happened);
    }
}

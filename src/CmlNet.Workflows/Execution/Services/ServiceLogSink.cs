using CmlNet.Containers;
using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Progress;

namespace CmlNet.Workflows.Execution.Services;

/// <summary>Keeps the end of a service's log and shows it as notices of the job.</summary>
internal sealed class ServiceLogSink(RunContext run, string job, string id) : ILineSink
{
    private const int MaximumLines = 200;

    private readonly Queue<string> _lines = new();

    public ValueTask WriteLineAsync(StandardStream stream, string line, bool isPiece, CancellationToken cancellationToken)
    {
        _lines.Enqueue(line);
        if (_lines.Count > MaximumLines)
            _lines.Dequeue();
        return ValueTask.CompletedTask;
    }

    public void Show()
    {
        foreach (string line in _lines)
            run.Observer.On(new Notice(job, $"{id} | {run.Masker.Mask(line)}"));
    }
}

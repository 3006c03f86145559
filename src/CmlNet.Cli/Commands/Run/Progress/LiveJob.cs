using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Progress;

namespace CmlNet.Cli.Commands.Run.Progress;

/// <summary>What the terminal shows of one running job.</summary>
internal sealed class LiveJob(string name, string image, long started)
{
    private const int KeptLines = 15;

    private readonly Queue<string> _lines = new();

    public string Name => name;

    public string? Step { get; private set; }

    /// <summary>Timestamp of the running step, or of the job while it is set up.</summary>
    public long Started { get; private set; } = started;

    /// <summary>What the job does before its first step.</summary>
    public string Status { get; set; } = $"starting {image}";

    public IReadOnlyCollection<string> LastLines => _lines;

    public void Begin(StepStarted step, long timestamp)
    {
        (Step, Started) = (step.Step, timestamp);
        _lines.Clear();
    }

    /// <summary>Output of a job is hostile: no cursor movement, no terminal titles.</summary>
    public void Keep(string line)
    {
        _lines.Enqueue(ControlText.Strip(line));
        if (_lines.Count > KeptLines)
            _lines.Dequeue();
    }

    public void End()
    {
        Step = null;
        Status = "";
    }
}

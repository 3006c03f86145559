using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Progress;

namespace CmlNet.Cli.Commands.Run.Progress;

/// <summary>A run as plain lines, for logs and pipes. Jobs at once are told apart by their names in front.</summary>
internal sealed class PlainProgress(TextWriter output, TextWriter error) : IRunObserver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _pulling = new(StringComparer.Ordinal);

    public void On(RunEvent happened)
    {
        lock (_lock)
        {
            if (Notices.TryFormat(happened, out string? notice))
                error.WriteLine(notice);
            else if (Format(happened) is { } line)
                output.WriteLine(ControlText.Sanitize(line));
        }
    }

    private string? Format(RunEvent happened) => happened switch
    {
        RunStarted e => $"{e.Workflow} ({e.Path}) on {e.Event}",
        JobStarted e => $"[{e.Job}] job started in {e.Image}",
        ImagePulling e => Pulling(e),
        StepStarted e => $"[{e.Job}] step {e.Number}: {e.Step}",
        StepOutput e => $"[{e.Job}]   {e.Line}",
        StepFinished e => $"[{e.Job}] step {e.Number}: {StepText.Outcome(e.Outcome, e.Conclusion)} ({StepText.Duration(e.DurationMs)}): {e.Step}",
        JobFinished e => $"[{e.Job}] job {e.Conclusion} ({StepText.Duration(e.DurationMs)})",
        RunFinished e => $"{e.Run.Workflow}: {e.Run.Conclusion} ({StepText.Duration(e.Run.DurationMs)})",
        _ => null,
    };

    /// <summary>A line when the status changes; bytes would flood a log.</summary>
    private string? Pulling(ImagePulling e)
    {
        if (_pulling.TryGetValue(e.Image, out string? last) && last == e.Status)
            return null;
        _pulling[e.Image] = e.Status;
        return $"[{e.Job}] pulling {e.Image}: {e.Status}";
    }
}

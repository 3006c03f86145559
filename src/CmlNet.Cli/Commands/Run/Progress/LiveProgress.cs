using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CmlNet.Cli.Commands.Run.Progress;

/// <summary>A run on a terminal: running steps with a spinner and their time, finished ones as lines above, a failing step's last lines under it.</summary>
internal sealed class LiveProgress : IRunObserver, IAsyncDisposable
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, LiveJob> _jobs = new(StringComparer.Ordinal);
    private readonly Queue<IRenderable> _finished = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _drawing;

    public LiveProgress(IAnsiConsole console, TimeProvider time)
    {
        (_console, _time) = (console, time);
        _drawing = Task.Run(() => DrawAsync(_stop.Token), CancellationToken.None);
    }

    public void On(RunEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case RunStarted e:
                    Line($"[bold]{Safe(e.Workflow)}[/] on {Safe(e.Event)}");
                    break;
                case JobStarted e:
                    _jobs[e.Job] = new LiveJob(ControlText.Strip(e.Job), e.Image, _time.GetTimestamp());
                    break;
                case RunFinished e:
                    Line($"{LiveText.Mark(e.Run.Conclusion)} [bold]{Safe(e.Run.Workflow)}[/]: {e.Run.Conclusion} in {StepText.Duration(e.Run.DurationMs)}");
                    break;
                case JobEvent e when _jobs.TryGetValue(e.Job, out LiveJob? job):
                    OnJob(job, e);
                    break;
                case JobFinished e:
                    Line($"{LiveText.Mark(e.Conclusion)} {Safe(e.Job)} [dim]{e.Conclusion}[/]"); // it was never started
                    break;
                case JobEvent e when Notices.TryFormat(e, out string? text):
                    Line($"[yellow]{Safe(text)}[/]");
                    break;
            }
        }
    }

    /// <summary>Draws what is left and gives the terminal back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _drawing;
        _stop.Dispose();
    }

    private void OnJob(LiveJob job, JobEvent happened)
    {
        switch (happened)
        {
            case StepStarted e:
                job.Begin(e, _time.GetTimestamp());
                break;
            case StepOutput e:
                job.Keep(e.Line);
                break;
            case ImagePulling e:
                job.Status = LiveText.Pulling(e);
                break;
            case StepFinished e:
                Line($"{LiveText.Mark(e.Outcome)} {Safe(job.Name)} [dim]›[/] {Safe(LiveText.Short(ControlText.Strip(e.Step)))} [dim]{StepText.Duration(e.DurationMs)}[/]");
                if (e.Outcome == Conclusions.Failure)
                    _finished.Enqueue(LiveText.LastLines(job.LastLines));
                job.End();
                break;
            case JobFinished:
                _jobs.Remove(happened.Job);
                break;
            default:
                if (Notices.TryFormat(happened, out string? text))
                    Line($"[yellow]{Safe(text)}[/]");
                break;
        }
    }

    /// <summary>Names come from workflow files: what would speak to the terminal is taken out.</summary>
    private static string Safe(string text) => Markup.Escape(ControlText.Strip(text));

    private void Line(string markup) => _finished.Enqueue(new Markup(markup));

    private async Task DrawAsync(CancellationToken cancellationToken)
    {
        int drawn = 0;
        for (int frame = 0; !cancellationToken.IsCancellationRequested; frame++)
        {
            drawn = Draw(Frames[frame % Frames.Length], drawn);
            try
            {
                await Task.Delay(FrameTime, _time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        Erase(drawn);
        Flush();
    }

    /// <summary>Finished lines go where the running ones were, those again below. Returns how many there are.</summary>
    private int Draw(string spinner, int drawn)
    {
        Erase(drawn);
        Flush();
        if (!_console.Profile.Capabilities.Ansi)
            return 0;
        string[] lines;
        lock (_lock)
        {
            lines = [.. _jobs.Values.Select(job => LiveText.Running(job, _time, _console.Profile.Width - 3))];
        }
        foreach (string line in lines)
            _console.MarkupLine($"[blue]{spinner}[/] {Markup.Escape(line)}");
        return lines.Length;
    }

    /// <summary>Up to the first running line, and all below it away.</summary>
    private void Erase(int drawn)
    {
        if (drawn > 0)
            _console.Write(new ControlCode($"\u001b[{drawn}F\u001b[J"));
    }

    private void Flush()
    {
        IRenderable[] lines;
        lock (_lock)
        {
            lines = [.. _finished];
            _finished.Clear();
        }
        foreach (IRenderable line in lines)
        {
            _console.Write(line);
            _console.WriteLine();
        }
    }
}

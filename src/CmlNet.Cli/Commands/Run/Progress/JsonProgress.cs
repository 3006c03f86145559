using System.Text.Json;
using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Progress;

namespace CmlNet.Cli.Commands.Run.Progress;

/// <summary>A run as JSON, one event per line, told apart by <c>event</c>.</summary>
internal sealed class JsonProgress(TextWriter output) : IRunObserver
{
    private readonly Lock _lock = new();

    public void On(RunEvent happened)
    {
        string line = JsonSerializer.Serialize(ToLine(happened), ProgressJson.Default.ProgressLine);
        lock (_lock)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    private static ProgressLine ToLine(RunEvent happened) => happened switch
    {
        RunStarted e => new("run_started") { Workflow = e.Workflow, Path = e.Path, Trigger = e.Event, RunDirectory = e.RunDirectory },
        RunFinished e => new("run_finished") { Workflow = e.Run.Workflow, Conclusion = e.Run.Conclusion, DurationMs = e.Run.DurationMs, RunDirectory = e.RunDirectory },
        JobStarted e => new("job_started") { Job = e.Job, Image = e.Image },
        JobFinished e => new("job_finished") { Job = e.Job, Conclusion = e.Conclusion, DurationMs = e.DurationMs },
        ImagePulling e => new("image_pulling") { Job = e.Job, Image = e.Image, Message = e.Status, CurrentBytes = e.CurrentBytes, TotalBytes = e.TotalBytes },
        StepStarted e => new("step_started") { Job = e.Job, Number = e.Number, Step = e.Step },
        StepOutput e => new("step_output") { Job = e.Job, Number = e.Number, Line = e.Line },
        StepFinished e => new("step_finished") { Job = e.Job, Number = e.Number, Step = e.Step, Outcome = e.Outcome, Conclusion = e.Conclusion, ExitCode = e.ExitCode, DurationMs = e.DurationMs },
        JobAnnotated e => new("annotation") { Job = e.Job, Level = AnnotationLevelNames.Of(e.Annotation.Level), Message = e.Annotation.Message, File = e.Annotation.File, FileLine = e.Annotation.Line, Title = e.Annotation.Title },
        Notice e => new("notice") { Job = e.Job, Message = e.Message },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "An event without a JSON form"),
    };
}

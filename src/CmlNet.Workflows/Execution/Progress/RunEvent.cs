using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Records;

namespace CmlNet.Workflows.Execution.Progress;

/// <summary>Something that happened in a run. All text has passed the masker.</summary>
public abstract record RunEvent;

public sealed record RunStarted(string Workflow, string Path, string Event, string RunDirectory, int JobCount) : RunEvent;

public sealed record RunFinished(RunRecord Run, string RunDirectory) : RunEvent;

/// <summary>An event of one job or matrix leg; <see cref="Job"/> is its name as shown.</summary>
public abstract record JobEvent(string Job) : RunEvent;

public sealed record JobStarted(string Job, string Image) : JobEvent(Job);

public sealed record JobFinished(string Job, string Conclusion, long DurationMs) : JobEvent(Job);

/// <summary>Progress of an image pull.</summary>
public sealed record ImagePulling(string Job, string Image, string Status, long CurrentBytes, long TotalBytes) : JobEvent(Job);

public sealed record StepStarted(string Job, int Number, string Step) : JobEvent(Job);

public sealed record StepOutput(string Job, int Number, string Line) : JobEvent(Job);

public sealed record StepFinished(string Job, int Number, string Step, string Outcome, string Conclusion, int? ExitCode, long DurationMs) : JobEvent(Job);

public sealed record JobAnnotated(string Job, Annotation Annotation) : JobEvent(Job);

/// <summary>Something the user should know that is no failure: a fall-back taken, a difference from GitHub.</summary>
public sealed record Notice(string Job, string Message) : JobEvent(Job);

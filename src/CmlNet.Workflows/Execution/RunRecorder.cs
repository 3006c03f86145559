using CmlNet.Workflows.Execution.Records;

namespace CmlNet.Workflows.Execution;

/// <summary>Makes the run record: snapshots on the way, so that a run that dies leaves what was known, and the last one.</summary>
internal sealed class RunRecorder(RunContext run, TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _started = time.GetTimestamp();

    /// <summary>An unfinished run counts as cancelled until it says otherwise.</summary>
    public RunRecord Snapshot(IReadOnlyList<JobRecord> jobs) => Create(jobs, Conclusions.Cancelled);

    /// <summary>Jobs that may fail (<c>continue-on-error</c>) are left out of the verdict.</summary>
    public RunRecord Finish(IReadOnlyList<JobRecord> jobs, bool cancelled)
    {
        string worst = ResultMerging.Worst(jobs.Where(job => job.Conclusion != Conclusions.Failure || !job.ContinuedOnError).Select(job => job.Conclusion));
        // What failed before somebody stopped the run does not change that it was stopped.
        bool stopped = cancelled && (worst != Conclusions.Failure || jobs.Any(job => job.Conclusion == Conclusions.Cancelled));
        string conclusion = worst switch
        {
            _ when stopped => Conclusions.Cancelled,
            Conclusions.Failure => Conclusions.Failure,
            Conclusions.Skipped => Conclusions.Success,
            _ => worst,
        };
        return Create(jobs, conclusion);
    }

    private RunRecord Create(IReadOnlyList<JobRecord> jobs, string conclusion) => new()
    {
        Id = run.RunId,
        Workflow = run.Workflow.Name ?? run.Workflow.Path,
        Path = run.Workflow.Path,
        Event = run.Input.EventName,
        Conclusion = conclusion,
        Repository = run.Input.Repository,
        Sha = run.Input.Sha,
        Ref = run.Input.Ref,
        Engine = run.EngineInfo.Name,
        StartedAt = _startedAt,
        DurationMs = (long)time.GetElapsedTime(_started).TotalMilliseconds,
        Jobs = jobs,
    };
}

using CmlNet.Workflows.Actions;
using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution;

/// <summary>Runs the legs of one job: as many at once as the job and the machine allow, the rest cancelled when one fails (fail-fast).</summary>
/// <param name="machine">Jobs at once on this machine.</param>
internal sealed class JobLegs(RunContext run, ActionCatalog actions, JobTokens tokens, SemaphoreSlim machine)
{
    private readonly LegPlanner _planner = new(run.Request);

    public async Task<IReadOnlyList<JobRecord>> RunAsync(Job job, ContextSet contexts)
    {
        LegPlan plan = _planner.Plan(job, contexts, run.NamePrefix);
        // A job that was wanted although the run is cancelled, as by always(), runs; only a second signal stops it.
        using var failFast = CancellationTokenSource.CreateLinkedTokenSource(tokens.Cancel.IsCancellationRequested ? tokens.Abort : tokens.Cancel);
        using var slots = new SemaphoreSlim(plan.MaxParallel);
        return await Task.WhenAll(plan.Legs.Select((leg, index) => RunLegAsync(job, leg, plan, index, slots, failFast)));
    }

    public JobRecord Skipped(Job job, bool cancelled) => NotStarted(job, run.NamePrefix + job.Id, cancelled ? Conclusions.Cancelled : Conclusions.Skipped);

    /// <summary>A job that could not even start.</summary>
    public JobRecord Failed(Job job, string message)
    {
        var annotation = new Annotation { Level = AnnotationLevel.Error, Message = run.Masker.Mask(message) };
        run.Observer.On(new JobAnnotated(run.NamePrefix + job.Id, annotation));
        run.Observer.On(new JobFinished(run.NamePrefix + job.Id, Conclusions.Failure, 0));
        return new JobRecord { Id = job.Id, Name = run.NamePrefix + job.Id, Conclusion = Conclusions.Failure, Annotations = [annotation] };
    }

    private JobRecord NotStarted(Job job, string name, string conclusion)
    {
        run.Observer.On(new JobFinished(name, conclusion, 0));
        return new JobRecord { Id = job.Id, Name = name, Conclusion = conclusion };
    }

    private async Task<JobRecord> RunLegAsync(Job job, PlannedLeg leg, LegPlan plan, int index, SemaphoreSlim slots, CancellationTokenSource failFast)
    {
        await slots.WaitAsync(CancellationToken.None);
        await machine.WaitAsync(CancellationToken.None);
        try
        {
            if (failFast.IsCancellationRequested)
                return NotStarted(job, leg.Spec.Name, Conclusions.Cancelled);
            string logName = run.LogPrefix + (plan.Legs.Count == 1 ? FileName.Unique(job.Id) : $"{FileName.Unique(job.Id)}-{index + 1}-{FileName.From(leg.Spec.Name[run.NamePrefix.Length..])}");
            JobRecord record = await new JobRunner(run, actions).RunAsync(leg.Spec, leg.Contexts, logName, tokens with { Cancel = failFast.Token });
            if (record.Conclusion == Conclusions.Failure && plan.FailFast && !leg.Spec.ContinueOnError)
                await failFast.CancelAsync();
            return record;
        }
        finally
        {
            machine.Release();
            slots.Release();
        }
    }
}

using CmlNet.Workflows.Actions;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;

namespace CmlNet.Workflows.Execution.Calls;

/// <summary>Runs a job that calls a workflow: the called jobs are the run's own, named <c>caller / job</c>.</summary>
/// <param name="machine">Jobs at once on this machine, over all levels; a caller itself takes no place.</param>
internal sealed class CallRunner(RunContext run, ActionCatalog actions, JobTokens tokens, SemaphoreSlim machine)
{
    /// <summary>The records of all called jobs, and how the calling job ended.</summary>
    public async Task<(IReadOnlyList<JobRecord> Records, JobResult Result)> RunAsync(Job job, WorkflowCall call, ContextSet contexts)
    {
        UnfoldedJob unfolded = LegPlanner.Unfold(job, contexts, run.NamePrefix);
        using var failFast = CancellationTokenSource.CreateLinkedTokenSource(tokens.Cancel);
        using var slots = new SemaphoreSlim(unfolded.MaxParallel);
        (IReadOnlyList<JobRecord> Records, JobResult Result)[] legs = await Task.WhenAll(unfolded.Legs.Select((leg, index) => RunLegAsync(job, call, leg, unfolded, index, slots, failFast)));
        var outputs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in legs.SelectMany(leg => leg.Result.Outputs))
            outputs[name] = value;
        return ([.. legs.SelectMany(leg => leg.Records)], new JobResult(ResultMerging.Worst(legs.Select(leg => leg.Result.Conclusion)), outputs));
    }

    private async Task<(IReadOnlyList<JobRecord> Records, JobResult Result)> RunLegAsync(Job job, WorkflowCall call, UnfoldedLeg leg, UnfoldedJob unfolded, int index, SemaphoreSlim slots, CancellationTokenSource failFast)
    {
        await slots.WaitAsync(CancellationToken.None);
        try
        {
            RunContext called = run with
            {
                Workflow = call.Workflow,
                Calls = call.Calls,
                Request = run.Request with { JobId = null },
                BaseContexts = CallContexts.Of(job, call, leg.Contexts, run.Masker),
                NamePrefix = $"{leg.Name} / ",
                LogPrefix = LogPrefix(job, unfolded, index),
            };
            var scheduler = new JobScheduler(called, actions, tokens with { Cancel = failFast.Token }, machine, _ => { });
            IReadOnlyList<JobRecord> records = await scheduler.RunAsync();
            JobResult result = new(ResultMerging.Worst(records.Select(record => record.ContinuedOnError ? Conclusions.Success : record.Conclusion)), Outputs(call, called.BaseContexts, scheduler.JobsContext()));
            if (result.Conclusion == Conclusions.Failure && unfolded.FailFast)
                await failFast.CancelAsync();
            return (records, result);
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Short, as it is a part of folder and container names; unlike that of any other call of the run.</summary>
    private string LogPrefix(Job job, UnfoldedJob unfolded, int index)
    {
        string own = unfolded.Legs.Count == 1 ? job.Id : $"{job.Id}-{index + 1}";
        string whole = run.LogPrefix + own;
        // A dot: no job's id has one, so that a called job's name is nobody else's.
        return (whole.Length <= 24 ? whole : $"{FileName.From(own)[..Math.Min(12, FileName.From(own).Length)]}-{(uint)Events.StableId.Of("call", whole):x8}") + ".";
    }

    private static Dictionary<string, string> Outputs(WorkflowCall call, ContextSet contexts, ObjectValue jobs)
    {
        var outputs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        ExpressionScope scope = ContextScopes.CallOutputs(contexts, jobs);
        foreach ((TemplateToken key, TemplateToken value) in call.Outputs?.Items ?? [])
        {
            if (key.AsText() is { } name && new TemplateEvaluator(scope).EvaluateString((value as MappingToken)?.Get("value")) is { Length: > 0 } text)
                outputs[name] = text;
        }
        return outputs;
    }
}

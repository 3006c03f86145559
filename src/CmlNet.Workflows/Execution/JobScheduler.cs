using System.Collections.Concurrent;
using CmlNet.Workflows.Actions;
using CmlNet.Workflows.Execution.Calls;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;
using CmlNet.Workflows.Planning;

namespace CmlNet.Workflows.Execution;

/// <summary>Runs the jobs as a graph: a job starts when those it needs have ended, not when a whole stage has.</summary>
internal sealed class JobScheduler
{
    private readonly RunContext _run;
    private readonly JobTokens _tokens;
    private readonly Action<IReadOnlyList<JobRecord>> _save;
    private readonly IReadOnlyList<Job> _jobs;
    private readonly JobGraph _graph;
    private readonly ConcurrentDictionary<string, JobResult> _results = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, IReadOnlyList<JobRecord>> _records = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _saving = new();
    private readonly JobLegs _legs;
    private readonly CallRunner _calls;

    public JobScheduler(RunContext run, ActionCatalog actions, JobTokens tokens, SemaphoreSlim machine, Action<IReadOnlyList<JobRecord>> save)
    {
        (_run, _tokens, _save) = (run, tokens, save);
        _jobs = JobSelection.Of(run.Workflow, run.Request.JobId);
        _graph = new JobGraph(_jobs);
        _legs = new JobLegs(run, actions, tokens, machine);
        _calls = new CallRunner(run, actions, tokens, machine);
    }

    public async Task<IReadOnlyList<JobRecord>> RunAsync()
    {
        var tasks = new Dictionary<string, Task>(StringComparer.OrdinalIgnoreCase);
        // In an order where every need has its task already.
        foreach (Job job in _graph.Ordered)
            tasks[job.Id] = RunAsync(job, [.. job.Needs.Select(need => tasks[need])]);
        await Task.WhenAll(tasks.Values);
        return Records();
    }

    /// <summary>The <c>jobs</c> context, once all have ended.</summary>
    public ObjectValue JobsContext() => ResultsOf(_jobs.Select(job => job.Id));

    private async Task RunAsync(Job job, Task[] needs)
    {
        await Task.WhenAll(needs);
        ContextSet contexts = _run.BaseContexts with { Needs = NeedsOf(job) };
        IReadOnlyList<JobRecord> records;
        JobResult? result = null;
        try
        {
            if (!IsWanted(job, contexts))
                records = [_legs.Skipped(job, _tokens.Cancel.IsCancellationRequested)];
            else if (_run.Calls.TryGetValue(job.Id, out WorkflowCall? call))
                (records, result) = await _calls.RunAsync(job, call, contexts);
            else
                records = await _legs.RunAsync(job, contexts);
        }
        catch (Exception e) when (e is ExpressionException or WorkflowException or InvalidRunException)
        {
            records = [_legs.Failed(job, e.Message)];
        }
        _records[job.Id] = records;
        _results[job.Id] = result ?? Combine(records);
        lock (_saving)
            _save(Records());
    }

    private bool IsWanted(Job job, ContextSet contexts)
    {
        Dictionary<string, JobResult> ancestors = _graph.AncestorsOf(job.Id).ToDictionary(id => id, id => _results[id], StringComparer.OrdinalIgnoreCase);
        var status = new NeedsStatus(ancestors, () => _tokens.Cancel.IsCancellationRequested);
        // A cancelled run starts no job that does not ask for it, as always() does.
        if (_tokens.Cancel.IsCancellationRequested && job.Condition == "success()")
            return false;
        return new TemplateEvaluator(ContextScopes.JobCondition(contexts, status)).EvaluateCondition(job.Condition, job.ConditionLocation);
    }

    private ObjectValue NeedsOf(Job job) => ResultsOf(job.Needs);

    private ObjectValue ResultsOf(IEnumerable<string> ids)
    {
        var needs = new ObjectValue();
        foreach (string id in ids)
        {
            var outputs = new ObjectValue();
            foreach ((string name, string value) in _results[id].Outputs)
                outputs.Add(name, value);
            needs[id] = new ObjectValue { { "result", _results[id].Conclusion }, { "outputs", outputs } };
        }
        return needs;
    }

    /// <summary>For a matrix, the last leg that set an output wins; a leg that may fail does not fail the job.</summary>
    private static JobResult Combine(IReadOnlyList<JobRecord> records)
    {
        var outputs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in records.SelectMany(record => record.Outputs))
            outputs[name] = value;
        return new JobResult(ResultMerging.Worst(records.Select(record => record.ContinuedOnError ? Conclusions.Success : record.Conclusion)), outputs);
    }

    private IReadOnlyList<JobRecord> Records() => [.. _jobs.Where(job => _records.ContainsKey(job.Id)).SelectMany(job => _records[job.Id])];
}

using CmlNet.Containers;
using CmlNet.Workflows.Actions;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Matchers;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution;

/// <summary>One leg of one job: set up, steps, outputs, tear-down.</summary>
internal sealed class JobRunner(RunContext run, ActionCatalog actions)
{
    /// <summary>Runs the leg to its end; failures are in the record, only bugs and a full disk are thrown.</summary>
    public async Task<JobRecord> RunAsync(JobSpec spec, ContextSet contexts, string logName, JobTokens tokens)
    {
        DateTimeOffset startedAt = run.Time.GetUtcNow();
        long started = run.Time.GetTimestamp();
        run.Observer.On(new JobStarted(spec.Name, run.EngineInfo.RunsOnHost ? "this machine" : spec.Image.Reference));
        foreach (string note in JobNotes.Of(spec, run.Workflow))
            run.Observer.On(new Notice(spec.Name, note));

        using var limit = new CancellationTokenSource(spec.Timeout, run.Time);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(tokens.Cancel, limit.Token);
        // Its last steps have so long; then it is over, whatever they do.
        using var last = new CancellationTokenSource(System.Threading.Timeout.InfiniteTimeSpan, run.Time);
        await using CancellationTokenRegistration patience = cancel.Token.Register(() => last.CancelAfter(spec.CancelTimeout));
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(tokens.Abort, last.Token);
        var jobTokens = new JobTokens(cancel.Token, abort.Token);
        JobState state = NewState(spec, contexts, logName);
        IReadOnlyDictionary<string, string> outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            JobSandbox sandbox = await JobSandbox.StartAsync(run, state, cancel.Token);
            // Whoever stops a run twice does not wait for what a step does with its signals.
            await using CancellationTokenRegistration atOnce = abort.Token.Register(() => run.Cleanups.Begin(sandbox));
            try
            {
                state.SetJobContext(sandbox.JobContext);
                await RunStepsAsync(state, sandbox.Container, jobTokens);
                outputs = JobOutputs.Evaluate(run, state);
            }
            finally
            {
                run.Cleanups.Begin(sandbox);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested || tokens.Abort.IsCancellationRequested)
        {
            state.Status = Conclusions.Cancelled;
        }
        catch (Exception e) when (e is EngineException or StepFailedException or WorkflowException or ExpressionException or IOException or UnauthorizedAccessException)
        {
            // A work tree that cannot be copied, or a disk that is full, is this job's failure; the others and the report go on.
            Fail(state, e.Message);
        }
        finally
        {
            // Also after a cancel or a lost engine: what was published is kept.
            string? problem;
            // All jobs publish into one folder.
            lock (run.Publishing)
                problem = PublishedFiles.TakeOver(run.LocalHostFolder, run.Directory.Path, run.Masker);
            if (problem is not null)
                run.Observer.On(new Notice(spec.Name, problem));
        }
        if (last.IsCancellationRequested)
            Fail(state, $"The job did not end within {spec.CancelTimeout.TotalMinutes:0.##} minutes of being cancelled (cancel-timeout-minutes).", Conclusions.Cancelled);
        if (limit.IsCancellationRequested)
            Fail(state, $"The job has exceeded its maximum execution time of {spec.Timeout.TotalMinutes:0.##} minutes.", Conclusions.Cancelled);
        return Finish(state, outputs, startedAt, started);
    }

    private JobState NewState(JobSpec spec, ContextSet contexts, string logName)
    {
        string name = FileName.From(logName);
        string root = Path.Combine(run.Scratch, "jobs", name);
        string repository = run.Input.RepositoryName;
        JobPaths paths = run.EngineInfo.RunsOnHost ? JobPaths.ForHost(root, repository) : JobPaths.ForContainer(root, repository, run.Memory is null ? null : Path.Combine(run.Memory, name));
        var files = new MatcherFiles(paths, run.FilesOf(paths).HostWorkspace);
        return new JobState(spec, paths, JobContexts.Of(run, spec.Job.Id, paths, contexts))
        {
            LogName = logName,
            Matchers = new JobMatchers(files, paths.Workspace, run.Masker),
        };
    }

    private async Task RunStepsAsync(JobState state, IContainer container, JobTokens tokens)
    {
        JobEnvironment.Fill(run, state);
        var script = new ScriptBody(state.Spec.Job.Defaults ?? run.Workflow.Defaults);
        var steps = new StepRunner(run, state, container, step => step.Uses is null ? script : actions.Resolve(step.Uses));
        int number = 0;
        foreach (Step step in state.Spec.Job.Steps)
        {
            if (tokens.Cancel.IsCancellationRequested)
                state.Status = Conclusions.Cancelled;
            // What earlier ones registered, and what is always() wanted, still comes after a cancel: only an abort ends the search.
            if (await actions.FindPreAsync(step, state, tokens.Abort) is { } pre)
                await new StepRunner(run, state, container, _ => pre.Body).RunAsync(pre.Step, ++number, tokens);
        }
        foreach (Step step in state.Spec.Job.Steps)
        {
            if (tokens.Cancel.IsCancellationRequested)
                state.Status = Conclusions.Cancelled;
            tokens.Abort.ThrowIfCancellationRequested();
            await steps.RunAsync(step, ++number, tokens);
        }
        await RunPostsAsync(state, container, tokens);
        if (tokens.Cancel.IsCancellationRequested)
            state.Status = Conclusions.Cancelled;
    }

    /// <summary>What was registered last comes first.</summary>
    private async Task RunPostsAsync(JobState state, IContainer container, JobTokens tokens)
    {
        for (int i = state.Posts.Count - 1; i >= 0; i--)
        {
            if (tokens.Cancel.IsCancellationRequested)
                state.Status = Conclusions.Cancelled;
            tokens.Abort.ThrowIfCancellationRequested();
            PostStep post = state.Posts[i];
            await new StepRunner(run, state, container, _ => post.Body).RunAsync(post.ToStep(), state.StepRecords.Count + 1, tokens);
        }
    }

    private void Fail(JobState state, string message, string status = Conclusions.Failure)
    {
        state.Status = status;
        state.AddError(run, message);
    }

    private JobRecord Finish(JobState state, IReadOnlyDictionary<string, string> outputs, DateTimeOffset startedAt, long started)
    {
        long duration = (long)run.Time.GetElapsedTime(started).TotalMilliseconds;
        run.Observer.On(new JobFinished(state.Spec.Name, state.Status, duration));
        return new JobRecord
        {
            Id = state.Spec.Job.Id,
            Name = state.Spec.Name,
            Conclusion = state.Status,
            ContinuedOnError = state.Status == Conclusions.Failure && state.Spec.ContinueOnError,
            Image = run.EngineInfo.RunsOnHost ? null : state.Spec.Image.Reference,
            StartedAt = startedAt,
            DurationMs = duration,
            Outputs = outputs,
            Annotations = state.Annotations,
            Summary = state.Summary,
            Steps = state.StepRecords,
        };
    }
}

using CmlNet.Containers;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>A step that runs: its log, clock, outputs and, at the end, its record.</summary>
internal sealed class StepAttempt : IAsyncDisposable
{
    private readonly RunContext _run;
    private readonly JobState _state;
    private readonly Step _step;
    private readonly int _number;
    private readonly string _name;
    private readonly StepLog _log;
    private readonly StepOutputs _outputs = new();
    private readonly DateTimeOffset _startedAt;
    private readonly long _started;
    private StepFiles? _files;
    private int? _exitCode;

    public StepAttempt(RunContext run, JobState state, Step step, int number, string name)
    {
        (_run, _state, _step, _number, _name) = (run, state, step, number, name);
        _startedAt = run.Time.GetUtcNow();
        _started = run.Time.GetTimestamp();
        run.Observer.On(new StepStarted(state.Spec.Name, number, name));
        _log = new StepLog(run, state.Spec.Name, number, RunDirectory.LogPath(state.LogName, number, name));
    }

    /// <exception cref="WorkflowException">An expression in the step's env.</exception>
    public StepInvocation Prepare(IContainer container, JobTokens tokens)
    {
        var stepEnvironment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (((TemplateToken?)_step.Environment ?? _step.EnvironmentExpression) is { } environment)
        {
            foreach ((string name, string value) in new TemplateEvaluator(ContextScopes.Step(_state.Contexts(actionId: _step.ActionId))).EvaluateMapping(environment))
                stepEnvironment[name] = value;
        }
        _files = new StepFiles(_state.Paths);
        ContextSet contexts = _state.Contexts(stepEnvironment, _step.ActionId);
        return new StepInvocation
        {
            Run = _run,
            State = _state,
            Container = container,
            Step = _step,
            Tokens = tokens,
            Contexts = contexts,
            StepEnvironment = stepEnvironment,
            Environment = StepEnvironment.Build(_run, _state, contexts, stepEnvironment, _files),
            Outputs = _outputs,
            Log = _log,
            DisplayName = _name,
            Posts = _state.Posts,
            Parts = _state.Parts.Of(_step.Id),
            Errors = [],
        };
    }

    /// <summary>0 minutes, what is no number, or nothing means no limit.</summary>
    public TimeSpan Timeout(StepInvocation invocation)
    {
        if (_step.TimeoutMinutes is null)
            return System.Threading.Timeout.InfiniteTimeSpan;
        double minutes = new TemplateEvaluator(ContextScopes.Step(invocation.Contexts)).EvaluateNumber(_step.TimeoutMinutes);
        return !(minutes > 0) ? System.Threading.Timeout.InfiniteTimeSpan : TimeSpan.FromMinutes(Math.Min(minutes, 35 * 24 * 60));
    }

    /// <summary>Runs the body; whatever happens, the files it wrote are read.</summary>
    public async Task<string> ExecuteAsync(IStepBody body, StepInvocation invocation, StepStop stop)
    {
        string outcome;
        try
        {
            _exitCode = await body.RunAsync(invocation, stop.Token);
            outcome = _exitCode == 0 ? Conclusions.Success : Conclusions.Failure;
            if (_exitCode != 0)
                Error($"Process completed with exit code {_exitCode}.");
        }
        catch (OperationCanceledException)
        {
            outcome = stop.TimedOut ? Conclusions.Failure : Conclusions.Cancelled;
            Error(stop.TimedOut ? $"The action '{_name}' has timed out after {Minutes(invocation)} minutes." : "The operation was canceled.");
        }
        catch (StepFailedException e)
        {
            if (!e.IsReported)
                Error(e.Message);
            outcome = Conclusions.Failure;
        }
        // Not null: Prepare made the invocation.
        foreach (string error in _files!.Apply(invocation).Concat(invocation.Errors))
        {
            Error(error);
            outcome = Failed(outcome);
        }
        _log.Flush();
        if (_log.Problem is { } problem)
        {
            Error($"The log of the step could not be written: {problem}. Free space on the disk of the run directory, or choose another disk with --out.");
            outcome = Failed(outcome);
        }
        return outcome;
    }

    private static string Failed(string outcome) => outcome == Conclusions.Success ? Conclusions.Failure : outcome;

    public void Error(string message)
    {
        _log.Write($"##[error]{message}");
        _state.AddError(_run, message);
    }

    /// <summary>Applies continue-on-error and tells everybody.</summary>
    public void Finish(string outcome)
    {
        string conclusion = outcome == Conclusions.Failure && ContinuesOnError() ? Conclusions.Success : outcome;
        // A cancelled job stays cancelled; a failed one stays failed.
        if (conclusion == Conclusions.Failure && _state.Status == Conclusions.Success)
            _state.Status = Conclusions.Failure;
        long duration = (long)_run.Time.GetElapsedTime(_started).TotalMilliseconds;
        _state.Finish(
            new StepRecord
            {
                Number = _number,
                Id = _step.Id,
                Name = _name,
                Outcome = outcome,
                Conclusion = conclusion,
                ExitCode = _exitCode,
                StartedAt = _startedAt,
                DurationMs = duration,
                Outputs = _outputs.Values.ToDictionary(output => output.Key, output => _run.Masker.Mask(output.Value), StringComparer.OrdinalIgnoreCase),
                Log = _log.RelativePath,
            },
            _step.Id,
            _outputs.Values);
        _run.Observer.On(new StepFinished(_state.Spec.Name, _number, _name, outcome, conclusion, _exitCode, duration));
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private bool ContinuesOnError()
    {
        try
        {
            return IsContinued();
        }
        catch (WorkflowException e)
        {
            // The step has failed already; a condition that cannot be read does not save it.
            Error(e.Message);
            return false;
        }
    }

    private bool IsContinued() =>
        _step.ContinueOnError is not null && new TemplateEvaluator(ContextScopes.Step(_state.Contexts(actionId: _step.ActionId))).EvaluateBoolean(_step.ContinueOnError);

    private string Minutes(StepInvocation invocation) =>
        ExpressionNumber(new TemplateEvaluator(ContextScopes.Step(invocation.Contexts)).EvaluateNumber(_step.TimeoutMinutes!));

    private static string ExpressionNumber(double value) => value.ToString("G15", System.Globalization.CultureInfo.InvariantCulture);
}

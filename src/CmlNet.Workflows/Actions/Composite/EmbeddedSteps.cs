using CmlNet.Containers;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Execution.Shells;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Composite;

/// <summary>Runs steps inside another step: its log, its environment below theirs, but inputs and <c>steps</c> of their own, and no secrets.</summary>
/// <param name="outer">The step around them.</param>
/// <param name="folder">The action that they are steps of.</param>
/// <param name="parts">That action's.</param>
internal sealed class EmbeddedSteps(StepInvocation outer, ActionFolder folder, ActionParts parts)
{
    private readonly ObjectValue _inputs = InputsOf(parts);

    /// <summary>Success, failure or cancelled, so far.</summary>
    public string Status { get; private set; } = Conclusions.Success;

    /// <summary>Conditions look at the job's status instead of at <see cref="Status"/>.</summary>
    public bool AsksJob { get; init; }

    public async Task RunAsync(Step step, IStepBody body, CancellationToken cancellationToken)
    {
        var outputs = new StepOutputs();
        string outcome;
        try
        {
            ContextSet before = Contexts(step.ActionId, outer.StepEnvironment);
            outcome = IsWanted(step, before) ? await RunWantedAsync(step, body, before, outputs, cancellationToken) : Conclusions.Skipped;
        }
        catch (OperationCanceledException) when (IsCancelled)
        {
            // The step around this one reports it.
            Status = Conclusions.Cancelled;
            outcome = Conclusions.Cancelled;
        }
        catch (Exception e) when (e is ExpressionException or WorkflowException or EngineException or ShellException or StepFailedException)
        {
            if (e is not StepFailedException { IsReported: true })
                outer.ReportError(e.Message);
            outcome = Conclusions.Failure;
        }
        Finish(step, outcome, outputs);
    }

    public ContextSet Contexts(string? id, IReadOnlyDictionary<string, string> environment)
    {
        ContextSet contexts = outer.State.Contexts(environment, id);
        ObjectValue gitHub = contexts.GitHub.Copy();
        gitHub.Add("action_path", folder.InJob);
        gitHub.Add("action_repository", folder.Repository);
        gitHub.Add("action_ref", folder.Ref);
        gitHub.Add("action_status", Status);
        return contexts with { GitHub = gitHub, Inputs = _inputs, Steps = parts.Steps, Secrets = [] };
    }

    /// <summary>Ends what ran the steps as they ended.</summary>
    /// <exception cref="StepFailedException">One failed, and said so.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public void Demand(string message, CancellationToken cancellationToken)
    {
        if (Status == Conclusions.Cancelled)
            throw new OperationCanceledException(cancellationToken);
        if (Status == Conclusions.Failure)
            throw new StepFailedException(message) { IsReported = true };
    }

    private static ObjectValue InputsOf(ActionParts parts)
    {
        var inputs = new ObjectValue();
        foreach ((string name, string value) in parts.Inputs)
            inputs.Add(name, value);
        return inputs;
    }

    /// <summary>The job is cancelled, and not only this step out of its time; what is <c>always()</c> may still run.</summary>
    private bool IsCancelled => outer.Tokens.Cancel.IsCancellationRequested && !outer.Tokens.Abort.IsCancellationRequested;

    private bool IsWanted(Step step, ContextSet contexts)
    {
        string job = IsCancelled ? Conclusions.Cancelled : outer.State.Status;
        IStatusFunctions status = AsksJob ? new StepStatus(job) : new EmbeddedStatus(Status, job);
        return new TemplateEvaluator(ContextScopes.StepCondition(contexts, status)).EvaluateCondition(step.Condition, step.ConditionLocation);
    }

    private async Task<string> RunWantedAsync(Step step, IStepBody body, ContextSet before, StepOutputs outputs, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>(outer.StepEnvironment, StringComparer.Ordinal);
        foreach ((string name, string value) in new TemplateEvaluator(ContextScopes.Step(before)).EvaluateMapping((TemplateToken?)step.Environment ?? step.EnvironmentExpression))
            environment[name] = value;
        var files = new StepFiles(outer.State.Paths);
        ContextSet contexts = Contexts(step.ActionId, environment);
        StepInvocation invocation = outer with
        {
            Step = step,
            Contexts = contexts,
            StepEnvironment = environment,
            Environment = StepEnvironment.Build(outer.Run, outer.State, contexts, environment, files),
            Outputs = outputs,
            DisplayName = DisplayName(step, contexts),
            Posts = parts.Posts,
            Parts = parts.Of(step.Id),
            SavedState = new Dictionary<string, string>(StringComparer.Ordinal),
            Depth = outer.Depth + 1,
            Errors = [],
        };
        bool failed = await FailsAsync(body, invocation, files, cancellationToken);
        return failed ? Conclusions.Failure : Conclusions.Success;
    }

    /// <summary>Runs the body; whatever happens, the files it wrote are read.</summary>
    private static async Task<bool> FailsAsync(IStepBody body, StepInvocation invocation, StepFiles files, CancellationToken cancellationToken)
    {
        bool failed = true;
        try
        {
            int exitCode = await body.RunAsync(invocation, cancellationToken);
            failed = exitCode != 0;
            if (failed)
                invocation.ReportError($"Process completed with exit code {exitCode}.");
        }
        finally
        {
            foreach (string error in files.Apply(invocation).Concat(invocation.Errors))
            {
                invocation.ReportError(error);
                failed = true;
            }
        }
        return failed;
    }

    private void Finish(Step step, string outcome, StepOutputs outputs)
    {
        string conclusion = outcome == Conclusions.Failure && ContinuesOnError(step) ? Conclusions.Success : outcome;
        if (conclusion == Conclusions.Failure)
            Status = Conclusions.Failure;
        if (step.Id.StartsWith("__", StringComparison.Ordinal))
            return;
        var values = new ObjectValue();
        foreach ((string name, string value) in outputs.Values)
            values.Add(name, value);
        parts.Steps[step.Id] = new ObjectValue { { "outputs", values }, { "outcome", outcome }, { "conclusion", conclusion } };
    }

    private bool ContinuesOnError(Step step) =>
        step.ContinueOnError is not null && new TemplateEvaluator(ContextScopes.Step(Contexts(step.ActionId, outer.StepEnvironment))).EvaluateBoolean(step.ContinueOnError);

    private string DisplayName(Step step, ContextSet contexts) =>
        outer.Run.Masker.Mask(step.Name is null ? "Run " + (step.Uses ?? step.Id) : new TemplateEvaluator(ContextScopes.Step(contexts)).EvaluateString(step.Name));
}

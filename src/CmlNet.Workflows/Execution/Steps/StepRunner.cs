using CmlNet.Containers;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Execution.Shells;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>Runs one step: condition, environment, body, files, outcome.</summary>
internal sealed class StepRunner(RunContext run, JobState state, IContainer container, Func<Step, IStepBody> bodies)
{
    public async Task RunAsync(Step step, int number, JobTokens tokens)
    {
        ContextSet before = state.Contexts(actionId: step.ActionId);
        bool wanted;
        try
        {
            wanted = Wanted(step, before, state.Status);
        }
        catch (WorkflowException e)
        {
            await FailBeforeStartAsync(step, number, before, $"The condition of the step cannot be evaluated: {e.Message}");
            return;
        }
        if (!wanted)
            Skip(step, number, before);
        else
            await RunWantedAsync(step, number, before, tokens);
    }

    private static bool Wanted(Step step, ContextSet contexts, string status) =>
        new TemplateEvaluator(ContextScopes.StepCondition(contexts, new StepStatus(status))).EvaluateCondition(step.Condition, step.ConditionLocation);

    private async Task RunWantedAsync(Step step, int number, ContextSet before, JobTokens tokens)
    {
        var attempt = new StepAttempt(run, state, step, number, DisplayName(step, before));
        await using (attempt)
        {
            string outcome;
            try
            {
                StepInvocation invocation = attempt.Prepare(container, tokens);
                // A cancelled run lets a step go on when its condition still holds, as always() does.
                using var stop = new StepStop(tokens, state.Status, () => Wanted(step, before, Conclusions.Cancelled), attempt.Timeout(invocation), run.Time);
                outcome = await attempt.ExecuteAsync(bodies(step), invocation, stop);
            }
            catch (Exception e) when (e is ExpressionException or WorkflowException or EngineException or ShellException)
            {
                attempt.Error(e.Message);
                outcome = Conclusions.Failure;
            }
            attempt.Finish(outcome);
        }
    }

    private async Task FailBeforeStartAsync(Step step, int number, ContextSet before, string message)
    {
        var attempt = new StepAttempt(run, state, step, number, DisplayName(step, before));
        await using (attempt)
        {
            attempt.Error(message);
            attempt.Finish(Conclusions.Failure);
        }
    }

    private void Skip(Step step, int number, ContextSet before)
    {
        string name = DisplayName(step, before);
        state.Finish(new StepRecord { Number = number, Id = step.Id, Name = name, Outcome = Conclusions.Skipped, Conclusion = Conclusions.Skipped }, step.Id);
        run.Observer.On(new StepFinished(state.Spec.Name, number, name, Conclusions.Skipped, Conclusions.Skipped, null, 0));
    }

    private string DisplayName(Step step, ContextSet contexts)
    {
        string name;
        try
        {
            name = step.Name is null
                ? "Run " + (step.Uses ?? FirstLine(new TemplateEvaluator(ContextScopes.Step(contexts)).EvaluateString(step.Run!)))
                : new TemplateEvaluator(ContextScopes.Step(contexts)).EvaluateString(step.Name);
        }
        catch (Exception e) when (e is ExpressionException or WorkflowException)
        {
            // The same expression fails the step right after, with its message.
            name = step.Id;
        }
        return run.Masker.Mask(name);
    }

    private static string FirstLine(string script) => script.TrimStart('\n', ' ').Split('\n', 2)[0];
}

using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions;

/// <summary>An action's pre part as its main part meets it.</summary>
internal static class PreState
{
    /// <summary>
    /// Whether the pre part is still to run, right before the main part. It is not where it was settled at the job's start, and never for an
    /// action of the workspace. It is for an action of another repository inside one of the workspace: nobody could know at the start that it comes.
    /// </summary>
    public static bool IsDue(StepInvocation invocation, ActionFolder folder, string condition)
    {
        if (invocation.Parts.IsPreSettled)
            return false;
        if (folder.Repository.Length > 0)
            return new TemplateEvaluator(ContextScopes.StepCondition(invocation.Contexts, new StepStatus(invocation.State.Status))).EvaluateCondition(condition, invocation.Step.Location);
        invocation.Log.Write($"##[warning]`pre` execution is not supported for local action from '{folder.InJob}'");
        return false;
    }

    /// <summary>Takes what a pre part saved that ran just now, as a part of the same step.</summary>
    public static void Collect(StepInvocation invocation)
    {
        string file = Path.Combine(invocation.State.Paths.HostCommands, Path.GetFileName(invocation.Environment["GITHUB_STATE"]));
        try
        {
            foreach ((string name, string value) in EnvironmentFile.Parse(CommandFileReader.Read(file)?.Text ?? ""))
                invocation.SavedState[name] = value;
        }
        catch (Exception e) when (e is EnvironmentFileException or CommandFileException)
        {
            // The file is read again when the step has ended, and then fails it.
            return;
        }
    }
}

using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions;

/// <summary>What an action's pre part did before the job's first step, as its main part needs it.</summary>
internal static class PreState
{
    /// <summary>
    /// Gives the step what its pre part saved, and says whether that part is still to run: only inside another action is it, as nobody
    /// could know at the job's start that it comes.
    /// </summary>
    public static bool IsDue(StepInvocation invocation, ActionFolder folder)
    {
        // Ids of steps inside another action are that action's own: one may be the same as a job's.
        if (invocation.Depth == 0 && invocation.State.PreStates.TryGetValue(invocation.Step.Id, out Dictionary<string, string>? saved))
        {
            foreach ((string name, string value) in saved)
                invocation.SavedState[name] = value;
            return false;
        }
        if (folder.Repository.Length == 0)
            invocation.Log.Write($"##[warning]`pre` execution is not supported for local action from '{folder.InJob}'");
        return folder.Repository.Length > 0 && invocation.Depth > 0;
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

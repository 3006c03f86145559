using CmlNet.Containers;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions;

/// <summary>
/// A built-in action that reads or writes the job's folders from this machine, while what earlier steps left running is held: between a look
/// at a path and its use, nobody in the job can put a link in its place.
/// </summary>
internal sealed class HeldJob(IBuiltInAction action) : IBuiltInAction
{
    public string Name => action.Name;

    public IReadOnlyList<BuiltInInput> Inputs => action.Inputs;

    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        await using IAsyncDisposable? held = await HoldAsync(invocation, cancellationToken);
        return await action.RunAsync(invocation, cancellationToken);
    }

    /// <summary>Null where it cannot be done: without containers, where the job has this user's rights anyway, or on an engine without control over its processes, which is said.</summary>
    public static async Task<IAsyncDisposable?> HoldAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Run.EngineInfo.RunsOnHost)
            return null;
        string reason = "This engine cannot hold a container.";
        try
        {
            if (invocation.Container is IPausableContainer container)
                return await container.PauseAsync(cancellationToken);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.Refused)
        {
            reason = e.Message;
        }
        invocation.Log.Write($"##[warning]What earlier steps left running goes on while files of the job are read and written from outside its container: {reason} For jobs that you do not trust, use an engine with cgroups of its own (cgroup v2 for a rootless one).");
        return null;
    }
}

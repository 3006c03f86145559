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

    /// <summary>Null where it cannot be done: without containers, or on an engine without control over its processes.</summary>
    public static async Task<IAsyncDisposable?> HoldAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Container is not IPausableContainer container)
            return null;
        try
        {
            return await container.PauseAsync(cancellationToken);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.Refused)
        {
            return null;
        }
    }
}

using CmlNet.Containers;
using CmlNet.Containers.Process;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Supervision;
using Microsoft.Extensions.Logging;

namespace CmlNet.Workflows.Execution;

/// <summary>Removes containers, networks, temporary folders and processes whose owner was killed before it could: the one exit that cannot clean up after itself.</summary>
internal static class LeftoverRemoval
{
    public static async Task RemoveAsync(IContainerEngine engine, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            TrackedProcesses.Kill(RunTracking.IsOfDead);
            if (engine is not IContainerCleaner cleaner)
                return;
            SupervisorSocket.RemoveLeftovers();
            MemoryFolder.RemoveLeftovers();
            await RemoveAsync(cleaner, logger, cancellationToken);
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            // Somebody else's leftovers never fail this run; the next one tries again.
            Log.CannotRemoveLeftovers(logger, e.Message);
        }
    }

    private static async Task RemoveAsync(IContainerCleaner cleaner, ILogger logger, CancellationToken cancellationToken)
    {
        foreach (Leftover leftover in await cleaner.FindAsync(ContainerLabels.Owner, cancellationToken))
        {
            if (!leftover.Labels.TryGetValue(ContainerLabels.Owner, out string? owner) || !OwnerLabel.IsDead(owner))
                continue;
            await cleaner.RemoveAsync(leftover, cancellationToken);
            Log.RemovedLeftover(logger, leftover.Kind, leftover.Name);
        }
    }
}

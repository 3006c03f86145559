using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Actions;

/// <summary>A job's files as its actions reach them from this machine.</summary>
internal static class JobFiles
{
    public static JobFileMap Map(StepInvocation invocation) =>
        new(invocation.State.Paths, invocation.Run.Request.BindWorkspace ? invocation.Run.Request.RepositoryRoot : null);
}

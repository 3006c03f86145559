using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Actions.Remote;

/// <summary>An action of another repository as it is on this machine.</summary>
/// <param name="Reference">What was asked for.</param>
/// <param name="Root">The repository's files.</param>
/// <param name="Manifest">The action's.</param>
internal sealed record RemoteFiles(RemoteReference Reference, string Root, ActionManifest Manifest)
{
    /// <summary>Copies the repository into the job, once, where GitHub has it.</summary>
    public async Task<ActionFolder> IntoJobAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        JobPaths paths = invocation.State.Paths;
        string below = $"{Reference.Repository}/{Reference.Ref}";
        string host = $"{paths.HostActions}/{below}";
        LinkFreePath.Demand(paths.HostActions, host, below);
        if (!Directory.Exists(host))
            await CopyAsync(invocation, host, below, cancellationToken);
        string path = Reference.Path.Length == 0 ? "" : "/" + Reference.Path;
        return new ActionFolder { Host = host + path, InJob = $"{paths.Actions}/{below}{path}", Repository = Reference.Repository, Ref = Reference.Ref };
    }

    /// <summary>While what earlier steps left running is held: nobody can put a link in the way.</summary>
    private async Task CopyAsync(StepInvocation invocation, string host, string below, CancellationToken cancellationToken)
    {
        await using IAsyncDisposable? held = await HeldJob.HoldAsync(invocation, cancellationToken);
        LinkFreePath.Demand(invocation.State.Paths.HostActions, host, below);
        await WorkspaceCopier.CopyAsync(Root, host, path => path is ".git" or ".cml", cancellationToken);
    }
}

using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Actions.Remote;

/// <summary>An action of another repository as it is on this machine.</summary>
/// <param name="Reference">What was asked for.</param>
/// <param name="Root">The repository's files.</param>
/// <param name="Manifest">The action's.</param>
internal sealed record RemoteFiles(RemoteReference Reference, string Root, ActionManifest Manifest)
{
    /// <summary>Copies the repository into the job, once, where GitHub has it.</summary>
    public async Task<ActionFolder> IntoJobAsync(JobState state, CancellationToken cancellationToken)
    {
        string below = $"{Reference.Repository}/{Reference.Ref}";
        string host = $"{state.Paths.HostActions}/{below}";
        LinkFreePath.Demand(state.Paths.HostActions, host, below);
        if (!Directory.Exists(host))
            await WorkspaceCopier.CopyAsync(Root, host, path => path is ".git" or ".cml", cancellationToken);
        string path = Reference.Path.Length == 0 ? "" : "/" + Reference.Path;
        return new ActionFolder { Host = host + path, InJob = $"{state.Paths.Actions}/{below}{path}", Repository = Reference.Repository, Ref = Reference.Ref };
    }
}

using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Actions;

/// <summary>
/// <c>actions/checkout</c>, any version: the work tree as it is (changes not committed and ignored data files included) when neither
/// <c>repository</c> nor another <c>ref</c> is asked for; otherwise that commit, by the <c>git</c> program.
/// </summary>
internal sealed class CheckoutAction : IBuiltInAction
{
    public string Name => "actions/checkout";

    public static bool Handles(string? uses) => uses is not null && uses.Split('@')[0].Equals("actions/checkout", StringComparison.OrdinalIgnoreCase);

    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        var inputs = new ActionInputs(invocation);
        JobPaths paths = invocation.State.Paths;
        string target = Target(paths, inputs["path"]);
        string repository = inputs["repository"];
        bool own = repository.Length == 0 || repository.Equals(invocation.Run.Input.Repository, StringComparison.OrdinalIgnoreCase);
        string wantedRef = inputs["ref"];

        string commit = invocation.Run.Input.Sha;
        if (own && IsCurrent(wantedRef, invocation))
            await CopyWorkTreeAsync(invocation, target, cancellationToken);
        else
        {
            if (invocation.Run.Request.BindWorkspace)
                throw new StepFailedException("actions/checkout of another commit or repository does not go with --bind: the work tree itself is the workspace.");
            commit = await GitCheckout.RunAsync(invocation, own ? null : repository, wantedRef, target, cancellationToken);
        }
        invocation.Outputs.Set("ref", wantedRef.Length > 0 ? wantedRef : invocation.Run.Input.Ref);
        invocation.Outputs.Set("commit", commit);
        return 0;
    }

    private static async Task CopyWorkTreeAsync(StepInvocation invocation, string target, CancellationToken cancellationToken)
    {
        if (invocation.Run.Request.BindWorkspace)
        {
            if (target != invocation.State.Paths.HostWorkspace)
                throw new StepFailedException("actions/checkout with 'path' does not go with --bind: the work tree itself is the workspace.");
            invocation.Log.Write($"The work tree {invocation.Run.Request.RepositoryRoot} is mounted as the workspace (--bind).");
            return;
        }
        WorkspaceCopy copy = await WorkTree.CopyAsync(invocation.Run.Request.RepositoryRoot, target, cancellationToken);
        invocation.Log.Write($"Copied the work tree: {copy.FileCount} files, commit {invocation.Run.Input.Sha} and what is not committed.");
        foreach (string skipped in copy.Skipped)
            invocation.Log.Write($"Left out {skipped}: not a regular file.");
    }

    private static string Target(JobPaths paths, string path)
    {
        string target = Path.GetFullPath(Path.Combine(paths.HostWorkspace, path));
        if (target != paths.HostWorkspace && !target.StartsWith(paths.HostWorkspace + "/", StringComparison.Ordinal))
            throw new StepFailedException($"Repository path '{path}' is not under the workspace.");
        // A step before this one may have put a link in the way.
        LinkFreePath.Demand(paths.HostWorkspace, target, path.Length == 0 ? "the workspace" : path);
        return target;
    }

    private static bool IsCurrent(string wantedRef, StepInvocation invocation) =>
        wantedRef.Length == 0 || wantedRef == invocation.Run.Input.Ref || wantedRef == invocation.Run.Input.RefName || wantedRef == invocation.Run.Input.Sha;
}

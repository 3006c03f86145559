using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Actions.Checkout;

/// <summary>
/// <c>actions/checkout</c>, any version: the work tree as it is (changes not committed and ignored data files included) when neither
/// <c>repository</c> nor another <c>ref</c> is asked for; otherwise that commit, by the <c>git</c> program.
/// </summary>
internal sealed class CheckoutAction : IBuiltInAction
{
    private const string Credentials = "git uses this machine's own credentials, and the job gets none";
    private const string Whole = "the whole repository is there";

    public string Name => "actions/checkout";

    public IReadOnlyList<BuiltInInput> Inputs { get; } =
    [
        new("repository"), new("ref"), new("path"), new("clean"), new("submodules"), new("lfs"), new("github-server-url"),
        new("token") { Idle = Credentials },
        new("ssh-key") { Idle = Credentials },
        new("ssh-known-hosts") { Idle = Credentials },
        new("ssh-strict") { Default = "true", Idle = Credentials },
        new("ssh-user") { Default = "git", Idle = Credentials },
        new("persist-credentials") { Default = "false", Idle = Credentials },
        new("sparse-checkout") { Idle = Whole },
        new("sparse-checkout-cone-mode") { Default = "true", Idle = Whole },
        new("filter") { Idle = Whole },
        new("fetch-depth") { Default = "0", Idle = Whole },
        new("fetch-tags") { Default = "true", Idle = Whole },
        new("show-progress") { Default = "false", Idle = "there is no progress to show" },
        new("reference") { Idle = "nothing is fetched that is on this machine already" },
        new("set-safe-directory") { Default = "true", Idle = "git in a job takes every folder for safe" },
    ];

    public static bool Handles(string? uses) => uses is not null && uses.Split('@')[0].Equals("actions/checkout", StringComparison.OrdinalIgnoreCase);

    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        var inputs = new ActionInputs(invocation, this);
        if (inputs["github-server-url"].TrimEnd('/') is { Length: > 0 } server && !server.Equals(invocation.Run.Input.ServerUrl.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
            throw new StepFailedException($"{Name} with 'github-server-url' is not supported by cml run: this run's is {invocation.Run.Input.ServerUrl}.");
        var submodules = new Submodules(invocation, inputs["submodules"]);
        string repository = inputs["repository"];
        bool own = repository.Length == 0 || repository.Equals(invocation.Run.Input.Repository, StringComparison.OrdinalIgnoreCase);
        string wantedRef = inputs["ref"];

        string commit = invocation.Run.Input.Sha;
        if (own && IsCurrent(wantedRef, invocation))
            await CopyWorkTreeAsync(invocation, inputs, submodules, cancellationToken);
        else
        {
            if (invocation.Run.Request.BindWorkspace)
                throw new StepFailedException("actions/checkout of another commit or repository does not go with --bind: the work tree itself is the workspace.");
            (string source, commit) = await new GitCheckout(invocation, submodules, inputs.IsTrue("lfs")).RunAsync(own ? null : repository, wantedRef, cancellationToken);
            await new WorkspaceFilling(invocation, inputs).FillAsync(source, hasGit: true, target => WorkspaceCopier.CopyAsync(source, target, static _ => false, cancellationToken), cancellationToken);
        }
        invocation.Outputs.Set("ref", wantedRef.Length > 0 ? wantedRef : invocation.Run.Input.Ref);
        invocation.Outputs.Set("commit", commit);
        return 0;
    }

    private static async Task CopyWorkTreeAsync(StepInvocation invocation, ActionInputs inputs, Submodules submodules, CancellationToken cancellationToken)
    {
        string root = invocation.Run.Request.RepositoryRoot;
        await submodules.DemandAsync(root, cancellationToken);
        if (invocation.Run.Request.BindWorkspace)
        {
            if (inputs["path"].Length > 0)
                throw new StepFailedException("actions/checkout with 'path' does not go with --bind: the work tree itself is the workspace.");
            invocation.Log.Write($"The work tree {root} is mounted as the workspace (--bind).");
            return;
        }
        bool hasGit = LinkedGitFolder.Of(root) is null;
        WorkspaceCopy copy = await new WorkspaceFilling(invocation, inputs).FillAsync(root, hasGit, target => WorkTree.CopyAsync(root, target, cancellationToken), cancellationToken);
        invocation.Log.Write($"Copied the work tree: {copy.FileCount} files, commit {invocation.Run.Input.Sha} and what is not committed.");
        foreach (string skipped in copy.Skipped)
            invocation.Log.Write($"Left out {skipped}: not a regular file.");
    }

    private static bool IsCurrent(string wantedRef, StepInvocation invocation) =>
        wantedRef.Length == 0 || wantedRef == invocation.Run.Input.Ref || wantedRef == invocation.Run.Input.RefName || wantedRef == invocation.Run.Input.Sha;
}

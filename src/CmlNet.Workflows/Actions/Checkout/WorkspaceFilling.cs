using CmlNet.Containers;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Actions.Checkout;

/// <summary>
/// Puts a tree into a job's workspace, or into a folder of it. What else is there goes first, as on GitHub: there git removes what is not
/// tracked; here the tree itself may hold what is not tracked, so what the tree has stays, whether tracked or not.
/// </summary>
internal sealed class WorkspaceFilling(StepInvocation invocation, ActionInputs inputs)
{
    private const int MostInOneCommand = 200;

    /// <param name="source">The tree.</param>
    /// <param name="hasGit">Its <c>.git</c> is copied with it, not made anew.</param>
    /// <param name="copy">Copies it into the folder given; what the tree has in other places, too.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    public async Task<WorkspaceCopy> FillAsync(string source, bool hasGit, Func<string, Task<WorkspaceCopy>> copy, CancellationToken cancellationToken)
    {
        (WorkspaceCopy? done, IReadOnlyList<string> kept) = await TryAsync(source, hasGit, copy, cancellationToken);
        if (done is null)
        {
            await RemoveInJobAsync(kept, cancellationToken);
            if (!invocation.Run.EngineInfo.RunsOnHost)
                invocation.Log.Write($"Had the job remove what is not in the tree to check out: {kept.Count} {(kept.Count == 1 ? "file or folder" : "files and folders")}.");
            (done, kept) = await TryAsync(source, hasGit, copy, cancellationToken);
        }
        return done ?? throw new StepFailedException($"'{Path.GetRelativePath(invocation.State.Paths.HostWorkspace, kept[0])}' of the workspace could not be removed before the checkout: a step made it as another user, or makes it again and again. Give 'clean: false', or remove it in a step before.");
    }

    /// <summary>While what earlier steps left running is held: nobody can put a link in a path's place between a look at it and its use.</summary>
    private async Task<(WorkspaceCopy? Done, IReadOnlyList<string> Kept)> TryAsync(string source, bool hasGit, Func<string, Task<WorkspaceCopy>> copy, CancellationToken cancellationToken)
    {
        await using IAsyncDisposable? held = await HeldJob.HoldAsync(invocation, cancellationToken);
        string target = Target(invocation.State.Paths, inputs["path"]);
        // Without a repository to bring up to date, the real action empties the folder whatever it was told.
        if (inputs.IsTrue("clean", whenAbsent: true) || FileKinds.Of(Path.Combine(target, ".git")) == FileKind.Missing)
        {
            // What goes on meanwhile could turn a folder into a link after the look at it: then only the job itself removes, as it reaches nothing else.
            var others = new OtherFiles(source, hasGit, MountPoints()) { OnlyFinds = held is null && !invocation.Run.EngineInfo.RunsOnHost };
            int count = others.Remove(target, cancellationToken);
            if (others.Kept.Count > 0)
                return (null, others.Kept);
            if (count > 0)
                invocation.Log.Write($"Removed what is not in the tree to check out: {count} {(count == 1 ? "file or folder" : "files and folders")}.");
        }
        return (await copy(target), []);
    }

    /// <summary>What the job made as root only root can remove, and only the job has one; and in its container no link leads out of it.</summary>
    private async Task RemoveInJobAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        if (invocation.Run.EngineInfo.RunsOnHost)
            return;
        foreach (string[] some in paths.Select(invocation.Files.ToJob).Chunk(MostInOneCommand))
        {
            var spec = new ExecSpec { Command = ["rm", "-rf", "--", .. some], User = "0", WorkingDirectory = "/" };
            await invocation.Container.ExecAsync(spec, DiscardedOutput.Instance, cancellationToken);
        }
    }

    /// <summary>Volumes of the workflow in the workspace: what is in them is not the job's.</summary>
    private IReadOnlyList<string> MountPoints()
    {
        ContainerSpec container = invocation.State.Spec.Container;
        return [.. container.Mounts.Concat(container.Options.Mounts).Select(mount => invocation.Files.ToHost(mount.Target)).OfType<string>()];
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
}

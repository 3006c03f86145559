using CmlNet.Containers;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Execution;

/// <summary>What a job wrote as root only root can remove: when we are not, the container removes it before it goes.</summary>
internal sealed class JobFolderEmptying(RunContext run, JobState state, JobFileMap map)
{
    public async Task EmptyAsync(IContainer container)
    {
        if (run.EngineInfo.RunsOnHost || Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
            return;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), run.Time);
        try
        {
            await container.ExecAsync(
                new ExecSpec { Command = ["find", state.Paths.Work, state.Paths.GitHub, state.Paths.ToolCache, "-mindepth", "1", .. Kept(), "-delete"], User = "0", WorkingDirectory = "/" },
                DiscardedOutput.Instance,
                limit.Token);
            // What is left is in folders that other jobs publish into, too.
            await container.ExecAsync(
                new ExecSpec { Command = ["find", "/__cml", "-mindepth", "2", "-type", "d", "-exec", "chmod", "a+rwx", "{}", "+"], User = "0", WorkingDirectory = "/" },
                DiscardedOutput.Instance,
                limit.Token);
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            Log.CannotEmpty(run.Logger, state.Paths.HostRoot, e.Message);
        }
    }

    /// <summary>What belongs to the user and only appears in the job: the bound work tree and the volumes of the workflow.</summary>
    private IEnumerable<string> Kept()
    {
        IEnumerable<string> targets = state.Spec.Container.Mounts.Concat(state.Spec.Container.Options.Mounts).Select(mount => mount.Target);
        if (run.Request.BindWorkspace)
            targets = targets.Append(state.Paths.Workspace);
        return targets.Select(target => FindPattern.Escape(map.InJob(target))).SelectMany(pattern => new[] { "-not", "-path", pattern, "-not", "-path", pattern + "/*" });
    }
}

using CmlNet.Containers;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Docker;

/// <summary>
/// The directories of a Docker action: those of the job, at the places where GitHub has them in such containers
/// (actions/runner, ContainerActionHandler.cs). The engine's socket is not among them.
/// </summary>
internal sealed class DockerPaths
{
    public const string Workspace = "/github/workspace";

    private readonly (string InJob, string InAction, string Host)[] _places;
    private readonly Mount[] _mounts;

    public DockerPaths(StepInvocation invocation)
    {
        JobPaths paths = invocation.State.Paths;
        // The innermost first: the command files lie in the temp folder.
        _places =
        [
            (paths.Commands, "/github/file_commands", paths.HostCommands),
            (paths.Temp, "/github/runner_temp", paths.HostTemp),
            (paths.Workspace, Workspace, invocation.Files.HostWorkspace),
            (paths.Home, "/github/home", paths.HostHome),
            (paths.Event, "/github/workflow", paths.HostEvent),
        ];
        _mounts = [.. _places.Select(place => new Mount(place.Host, place.InAction)), new Mount(invocation.Run.LocalHostFolder, invocation.Run.LocalHostInJob)];
    }

    public IReadOnlyList<Mount> Mounts => _mounts;

    /// <summary>A value that is one of the job's paths, or lies below one, as the action's container sees it.</summary>
    public string Translate(string value)
    {
        foreach ((string inJob, string inAction, _) in _places)
        {
            if (value == inJob || value.StartsWith(inJob + "/", StringComparison.Ordinal))
                return inAction + value[inJob.Length..];
        }
        return value;
    }
}

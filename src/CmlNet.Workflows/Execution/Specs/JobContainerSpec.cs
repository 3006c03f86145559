using CmlNet.Containers;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Supervision;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>The container that a job gets: what the workflow says of it, and what is put into it for its steps. Pure.</summary>
internal static class JobContainerSpec
{
    /// <param name="spec">The leg.</param>
    /// <param name="paths">The job's directories.</param>
    /// <param name="files">The same on this machine.</param>
    /// <param name="own">Mounts beside the job's directories and the workflow's volumes.</param>
    /// <param name="isSupervised">Its steps are run by the supervisor.</param>
    public static ContainerSpec Of(JobSpec spec, JobPaths paths, JobFileMap files, IEnumerable<Mount> own, bool isSupervised)
    {
        ContainerSpec container = files.OnHost(spec.Container);
        return container with
        {
            Entrypoint = isSupervised ? CmlMount.StartCommand(SupervisorSocket.PathInJob) : container.Entrypoint,
            Command = isSupervised ? [] : container.Command,
            Mounts = [.. paths.Places.Select(place => new Mount(place.Job == paths.Workspace ? files.HostWorkspace : place.Host, place.Job)), .. own, .. container.Mounts],
            WorkingDirectory = paths.Workspace,
            Environment = new Dictionary<string, string>(container.Environment, StringComparer.Ordinal)
            {
                ["GITHUB_ACTIONS"] = "true",
                ["CI"] = "true",
                ["HOME"] = paths.Home,
            },
        };
    }

    /// <summary>As it will be, with the names that a run gives its folders, its network and its container left open.</summary>
    public static JobSpec Planned(JobSpec spec, RunRequest request, string repositoryName)
    {
        const string Run = PlannedNames.Run;
        var paths = JobPaths.ForContainer(Run, repositoryName);
        var files = new JobFileMap(paths, request.BindWorkspace ? request.RepositoryRoot : null);
        List<Mount> own = [new Mount($"{Run}/published", RunContext.LocalHostInContainer)];
        if (request.CmlBinary is not null)
            own.AddRange([.. CmlMount.MountsOf(PlannedNames.Binary, $"{Run}/cml"), new Mount($"{Run}/control", SupervisorSocket.JobFolder)]);
        ContainerSpec container = Of(spec, paths, files, own, isSupervised: request.CmlBinary is not null);
        return spec with { Container = container with { Name = $"{Run}-{spec.Name}", Network = "a network of its own" } };
    }
}

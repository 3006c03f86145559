using CmlNet.Containers;
using CmlNet.Workflows.Execution.Directories;

namespace CmlNet.Workflows.Execution.Workspace;

/// <summary>Paths as a job names them to paths on this machine, by name alone: nothing is looked at.</summary>
/// <param name="paths">The job's directories.</param>
/// <param name="boundWorkspace">What is mounted as the workspace in place of the job's own folder; null for none.</param>
internal sealed class JobFileMap(JobPaths paths, string? boundWorkspace)
{
    public string HostWorkspace => boundWorkspace ?? paths.HostWorkspace;

    /// <summary>Where the job's directories begin on this machine: ours up to here, the job's below.</summary>
    public IReadOnlyList<string> HostRoots => [HostWorkspace, .. paths.Places.Select(place => place.Host)];

    /// <summary>The one of <see cref="HostRoots"/> that a path of this machine lies in; null for none.</summary>
    public string? RootOf(string host) => HostRoots.FirstOrDefault(root => Under(host, root, root) is not null);

    /// <summary>An absolute path of the job: <c>~</c> is its home, what is relative lies in the workspace.</summary>
    public string InJob(string path)
    {
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
            path = paths.Home + path[1..];
        return Normalize(path.StartsWith('/') ? path : $"{paths.Workspace}/{path}");
    }

    /// <summary>Null for what lies in the image and not in the job's own directories.</summary>
    public string? ToHost(string path)
    {
        string inJob = InJob(path);
        return Under(inJob, paths.Workspace, HostWorkspace) ?? paths.Places.Select(place => Under(inJob, place.Job, place.Host)).FirstOrDefault(host => host is not null);
    }

    /// <summary>How the job names a path of this machine that lies in one of its directories.</summary>
    /// <exception cref="ArgumentException">It lies in none.</exception>
    public string ToJob(string host) =>
        Under(host, HostWorkspace, paths.Workspace)
        ?? paths.Places.Select(place => Under(host, place.Host, place.Job)).FirstOrDefault(job => job is not null)
        ?? throw new ArgumentException($"'{host}' is not in the job's directories.", nameof(host));

    /// <summary>The volumes of a container, those of its <c>options:</c> too.</summary>
    public ContainerSpec OnHost(ContainerSpec container) => container with
    {
        Mounts = [.. container.Mounts.Select(OnHost)],
        Options = container.Options with { Mounts = [.. container.Options.Mounts.Select(OnHost)] },
    };

    /// <summary>A volume whose source the workflow names by the job's own paths, as <c>${{ github.workspace }}</c> does; any other as it is.</summary>
    private Mount OnHost(Mount mount) => mount.Source.StartsWith('/') && ToHost(mount.Source) is { } host ? mount with { Source = host } : mount;

    private static string? Under(string path, string folder, string hostFolder) =>
        path == folder ? hostFolder : path.StartsWith(folder + "/", StringComparison.Ordinal) ? hostFolder + path[folder.Length..] : null;

    private static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                if (parts.Count > 0)
                    parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
                parts.Add(part);
        }
        return "/" + string.Join('/', parts);
    }
}

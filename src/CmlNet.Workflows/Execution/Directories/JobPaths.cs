namespace CmlNet.Workflows.Execution.Directories;

/// <summary>The directories of one job, as the host sees them and as the job sees them (the same on the host engine).</summary>
public sealed record JobPaths
{
    /// <summary>Everything of this job on the host; removed at its end.</summary>
    public required string HostRoot { get; init; }

    /// <summary>Where <see cref="HostWork"/> appears in the job: <c>/__w</c>.</summary>
    public required string Work { get; init; }

    /// <summary>Where the host's <c>github</c> folder appears: <c>/github</c>.</summary>
    public required string GitHub { get; init; }

    /// <summary>Where the tool cache appears: <c>/__t</c>.</summary>
    public required string ToolCache { get; init; }

    /// <summary>The repository's name without owner; both folders above the workspace carry it.</summary>
    public required string RepositoryName { get; init; }

    public string HostWork => Path.Combine(HostRoot, "w");

    public string HostTemp => Path.Combine(HostWork, "_temp");

    public string HostWorkspace => Path.Combine(HostWork, RepositoryName, RepositoryName);

    public string HostGitHub => Path.Combine(HostRoot, "github");

    public string HostHome => Path.Combine(HostGitHub, "home");

    public string HostEventFile => Path.Combine(HostGitHub, "workflow", "event.json");

    public string HostToolCache => Path.Combine(HostRoot, "t");

    public string Temp => Work + "/_temp";

    public string Workspace => $"{Work}/{RepositoryName}/{RepositoryName}";

    public string RunnerWorkspace => $"{Work}/{RepositoryName}";

    public string Home => GitHub + "/home";

    public string EventFile => GitHub + "/workflow/event.json";

    /// <summary>Paths for a container job.</summary>
    public static JobPaths ForContainer(string hostRoot, string repositoryName) =>
        new() { HostRoot = hostRoot, RepositoryName = repositoryName, Work = "/__w", GitHub = "/github", ToolCache = "/__t" };

    /// <summary>Paths for a job on the host itself.</summary>
    public static JobPaths ForHost(string hostRoot, string repositoryName) =>
        new()
        {
            HostRoot = hostRoot,
            RepositoryName = repositoryName,
            Work = Path.Combine(hostRoot, "w"),
            GitHub = Path.Combine(hostRoot, "github"),
            ToolCache = Path.Combine(hostRoot, "t"),
        };

    public void Create()
    {
        foreach (string directory in new[] { HostTemp, HostWorkspace, HostHome, Path.GetDirectoryName(HostEventFile)!, HostToolCache })
        {
            Directory.CreateDirectory(directory);
            // The image's user is not known here and need not be ours.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(directory, (UnixFileMode)0b111_111_111);
        }
    }
}

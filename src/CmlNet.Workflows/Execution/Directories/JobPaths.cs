namespace CmlNet.Workflows.Execution.Directories;

/// <summary>The directories of one job, as the host sees them and as the job sees them (the same on the host engine).</summary>
public sealed record JobPaths
{
    private const string ContainerWork = "/__w";

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

    /// <summary>No container: both views are one.</summary>
    public bool RunsOnHost => Work != ContainerWork;

    public string HostWork => Path.Combine(HostRoot, "w");

    /// <summary>Mounted on its own, as are the two below it: a job cannot put a link in the place of a mount point, so what we write there stays there.</summary>
    public string HostTemp => RunsOnHost ? Path.Combine(HostWork, "_temp") : Path.Combine(HostRoot, "temp");

    /// <summary>The files of <c>GITHUB_ENV</c> and the others.</summary>
    public string HostCommands => RunsOnHost ? Path.Combine(HostTemp, "_runner_file_commands") : Path.Combine(HostRoot, "commands");

    /// <summary>Scripts of steps; read-only in a container.</summary>
    public string HostScripts => RunsOnHost ? Path.Combine(HostTemp, "_scripts") : Path.Combine(HostRoot, "scripts");

    public string HostWorkspace => Path.Combine(HostWork, RepositoryName, RepositoryName);

    public string HostGitHub => Path.Combine(HostRoot, "github");

    public string HostHome => Path.Combine(HostGitHub, "home");

    public string HostEventFile => Path.Combine(HostGitHub, "workflow", "event.json");

    public string HostToolCache => Path.Combine(HostRoot, "t");

    public string Temp => Work + "/_temp";

    public string Commands => Temp + "/_runner_file_commands";

    public string Scripts => Temp + "/_scripts";

    public string Workspace => $"{Work}/{RepositoryName}/{RepositoryName}";

    public string RunnerWorkspace => $"{Work}/{RepositoryName}";

    public string Home => GitHub + "/home";

    public string EventFile => GitHub + "/workflow/event.json";

    /// <summary>Paths for a container job.</summary>
    public static JobPaths ForContainer(string hostRoot, string repositoryName) =>
        new() { HostRoot = hostRoot, RepositoryName = repositoryName, Work = ContainerWork, GitHub = "/github", ToolCache = "/__t" };

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
        foreach (string directory in new[] { HostTemp, HostCommands, HostScripts, HostWorkspace, HostHome, Path.GetDirectoryName(HostEventFile)!, HostToolCache })
        {
            Directory.CreateDirectory(directory);
            // The image's user is not known here and need not be ours.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(directory, (UnixFileMode)0b111_111_111);
        }
    }
}

namespace CmlNet.Workflows.Execution.Directories;

/// <summary>The directories of one job, as the host sees them and as the job sees them (the same on the host engine).</summary>
internal sealed record JobPaths
{
    private const string ContainerWork = "/__w";

    /// <summary>Everything of this job on the host; removed at its end.</summary>
    public required string HostRoot { get; init; }

    /// <summary>What of it is in memory; the same as <see cref="HostRoot"/> where nothing is.</summary>
    public required string HostMemory { get; init; }

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

    /// <summary>
    /// Beside <see cref="HostWork"/> and mounted on its own, as are all that we read or write for the job: a job cannot put a link in the place
    /// of a mount point, and what lies above it on the host is out of its reach.
    /// </summary>
    public string HostTemp => RunsOnHost ? Path.Combine(HostWork, "_temp") : Path.Combine(HostRoot, "temp");

    /// <summary>The files of <c>GITHUB_ENV</c> and the others.</summary>
    public string HostCommands => RunsOnHost ? Path.Combine(HostTemp, "_runner_file_commands") : Path.Combine(HostMemory, "commands");

    /// <summary>Scripts of steps.</summary>
    public string HostScripts => RunsOnHost ? Path.Combine(HostTemp, "_scripts") : Path.Combine(HostMemory, "scripts");

    public string HostWorkspace => RunsOnHost ? Path.Combine(HostWork, RepositoryName, RepositoryName) : Path.Combine(HostRoot, "workspace");

    /// <summary>Actions of other repositories.</summary>
    public string HostActions => RunsOnHost ? Path.Combine(HostWork, "_actions") : Path.Combine(HostRoot, "actions");

    public string HostGitHub => Path.Combine(HostRoot, "github");

    public string HostHome => RunsOnHost ? Path.Combine(HostGitHub, "home") : Path.Combine(HostRoot, "home");

    /// <summary>Where the event file is.</summary>
    public string HostEvent => RunsOnHost ? Path.Combine(HostGitHub, "workflow") : Path.Combine(HostRoot, "event");

    public string HostEventFile => Path.Combine(HostEvent, "event.json");

    public string HostToolCache => Path.Combine(HostRoot, "t");

    public string Temp => Work + "/_temp";

    public string Actions => Work + "/_actions";

    public string Commands => Temp + "/_runner_file_commands";

    public string Scripts => Temp + "/_scripts";

    public string Workspace => $"{Work}/{RepositoryName}/{RepositoryName}";

    public string RunnerWorkspace => $"{Work}/{RepositoryName}";

    public string Home => GitHub + "/home";

    public string Event => GitHub + "/workflow";

    public string EventFile => Event + "/event.json";

    /// <summary>Each directory of the job that we read or write, as the job and as the host names it; inner ones before those around them.</summary>
    public IReadOnlyList<(string Job, string Host)> Places =>
    [
        (Workspace, HostWorkspace),
        (Actions, HostActions),
        (Scripts, HostScripts),
        (Commands, HostCommands),
        (Temp, HostTemp),
        (Work, HostWork),
        (Home, HostHome),
        (Event, HostEvent),
        (GitHub, HostGitHub),
        (ToolCache, HostToolCache),
    ];

    /// <summary>Paths for a container job.</summary>
    public static JobPaths ForContainer(string hostRoot, string repositoryName, string? hostMemory = null) =>
        new() { HostRoot = hostRoot, HostMemory = hostMemory ?? hostRoot, RepositoryName = repositoryName, Work = ContainerWork, GitHub = "/github", ToolCache = "/__t" };

    /// <summary>Paths for a job on the host itself.</summary>
    public static JobPaths ForHost(string hostRoot, string repositoryName) =>
        new()
        {
            HostRoot = hostRoot,
            HostMemory = hostRoot,
            RepositoryName = repositoryName,
            Work = Path.Combine(hostRoot, "w"),
            GitHub = Path.Combine(hostRoot, "github"),
            ToolCache = Path.Combine(hostRoot, "t"),
        };

    public void Create()
    {
        foreach ((_, string directory) in Places)
        {
            Directory.CreateDirectory(directory);
            // The image's user is not known here and need not be ours.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(directory, (UnixFileMode)0b111_111_111);
        }
        if (!RunsOnHost)
            CreateMountPoints();
    }

    /// <summary>What the engine would make itself, it would make as root, and we could not remove it.</summary>
    private void CreateMountPoints()
    {
        foreach ((string job, _) in Places)
        {
            foreach ((string outer, string host) in new[] { (Temp, HostTemp), (Work, HostWork), (GitHub, HostGitHub) })
            {
                if (!job.StartsWith(outer + "/", StringComparison.Ordinal))
                    continue;
                Directory.CreateDirectory(host + job[outer.Length..]);
                break;
            }
        }
    }
}

using CmlNet.Reports.Configuration;

namespace CmlNet.Runner.Configuration;

/// <summary><c>runner.yaml</c>, once: what the reader checks and what <c>cml runner config schema</c> prints.</summary>
internal static class RunnerSchema
{
    public static readonly QuantityType Size = new("40GB", ["B", "kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"]);
    public static readonly QuantityType Duration = new("30min", ["ms", "s", "min", "h", "d"]);
    private static readonly TextType Text = new();
    private static readonly BooleanType Flag = new();
    private static readonly ListType Texts = new(Text, OneWillDo: true);

    private static readonly MapType Secret = new(
    [
        new("env", Text, "Name of an environment variable of the daemon"),
        new("file", Text, "Path of a file"),
        new("credential", Text, "Name of a systemd credential (LoadCredential=)"),
    ])
    { ExactlyOne = ["env", "file", "credential"], IsSecret = true };

    private static readonly MapType App = new(
    [
        new("client-id", Text, "Client id of the GitHub App", IsRequired: true),
        new("installation-id", new NumberType(1, IsWhole: true), "Number of the App's installation in the organization", IsRequired: true),
        new("private-key", Secret, "The App's private key, PEM", IsRequired: true),
    ]);

    private static readonly MapType Cache = new(
    [
        new("volume", Text, "Name of a volume of the engine"),
        new("host", Text, "Absolute path of this machine"),
        new("at", Text, "Absolute path inside the container", IsRequired: true),
        new("read-only", Flag, "Jobs can only read it (default: false)"),
    ])
    { ExactlyOne = ["volume", "host"] };

    private static readonly MapType Report = new(
    [
        new("enabled", Flag, "Post a report when a job leaves something to report (default: true)"),
        new("title", Text, "First heading of the report (default: Report)"),
        new("update", Flag, "Replace the comment of the last run of the same workflow (default: true)"),
        new("baseline", Flag, "Compare with the last run on the default branch (default: true)"),
        new("resources", Flag, "Say what the job used of the machine (default: true)"),
        new("limit", Size, "Most that is collected from a job (default: 64MiB)"),
    ]);

    public static MapType Pool { get; } = new(
    [
        new("name", Text, "Name of the scale set: what a workflow puts into runs-on", IsRequired: true),
        new("labels", Texts, "Labels that jobs ask for (default: the name)"),
        new("mode", new ChoiceType(["scale-set", "rest", "webhook"]), "How jobs are found (default: scale-set)"),
        new("image", Text, $"Image with the official runner in it (default: {PoolConfiguration.DefaultImage})"),
        new("pull", new ChoiceType(["missing", "always"]), "When the image is pulled (default: missing)"),
        new("command", Texts, "What starts the runner inside the image (default: /home/runner/run.sh)"),
        new("gpus", new NumberType(0, 64, IsWhole: true), "GPUs for each job (default: 0)"),
        new("gpu-memory", Size, "Least memory of each GPU (default: any)"),
        new("cpus", new NumberType(0, 100_000), "CPUs for each job (default: no limit)"),
        new("memory", Size, "Memory for each job (default: no limit)"),
        new("shm", Size, "Size of /dev/shm (default: the engine's, 64MiB)"),
        new("disk", Size, "Size of the job's work folder (default: no limit)"),
        new("work", new ChoiceType(["disk", "memory"]), "Where the work folder lies (default: disk)"),
        new("pids", new NumberType(0, IsWhole: true), "Processes and threads of a job; 0 for no limit (default: 16384)"),
        new("min-idle", new NumberType(0, 1000, IsWhole: true), "Runners kept waiting for a job (default: 0)"),
        new("max", new NumberType(1, 1000, IsWhole: true), "Most runners at once (default: 1)"),
        new("caches", new ListType(Cache), "Folders that outlive the job"),
        new("env", new MapType([], IsOpen: true), "Variables of the job's environment"),
        new("network", Text, "own, shared, none, or the name of a network (default: own)"),
        new("trusted", Flag, "Everyone whose jobs run here is trusted with this machine (default: true)"),
        new("docker-socket", Flag, "Give jobs the engine's socket: as good as root on this machine (default: false)"),
        new("timeout", Duration, "Longest a job may take (default: no limit but GitHub's)"),
        new("start-timeout", Duration, "Longest until a started runner is ready (default: 20min)"),
        new("after-job", Duration, "Longest until a runner has ended after its job has; one that still uploads is let go on (default: 5min)"),
        new("reruns", new NumberType(0, 10, IsWhole: true), "How often a job lost with its machine is run again (default: 0)"),
        new("report", Report, "What is posted when a job has ended"),
    ]);

    /// <summary>The whole file.</summary>
    public static MapType File { get; } = new(
    [
        new("scope", Text, "https://github.com/ORGANIZATION, …/OWNER/REPOSITORY or …/enterprises/NAME, or the same of an Enterprise server", IsRequired: true),
        new("authentication", new MapType([new("app", App, "A GitHub App (preferred)"), new("token", Secret, "A personal access token")]) { ExactlyOne = ["app", "token"] }, "Who the daemon is to GitHub", IsRequired: true),
        new("name", Text, "Name of this daemon (default: the machine's)"),
        new("data", Text, "Folder for the journal and reports still to be posted (default: $STATE_DIRECTORY or ~/.local/state/cml-runner)"),
        new("socket", Text, "Path of the control socket (default: $RUNTIME_DIRECTORY/runner.sock, or runner.sock in the data folder)"),
        new("engine", new ChoiceType(["docker"]), "Container engine (default: docker)"),
        new("runner-group", Text, "Runner group for the scale sets (default: default)"),
        new("certificates", Text, "PEM file with certificates to trust besides the system's"),
        new("drain-timeout", Duration, "How long busy runners may go on after SIGTERM (default: 30min)"),
        new("gpus", new MapType(
        [
            new("query", Text, "Program that lists GPUs (default: nvidia-smi)"),
            new("exclude", Texts, "GPUs never given to a job, by UUID or index"),
            new("interval", Duration, "How often GPUs are looked at (default: 30s)"),
            new("attach", new ChoiceType(["device", "variable"]), "By device request, or by NVIDIA_VISIBLE_DEVICES alone (default: device)"),
        ]), "How GPUs are found and handed out"),
        new("disk", new MapType([new("path", Text, "A path on the engine's disk (default: /)"), new("least-free", Size, "Below this no job is taken (default: 5GB)")]), "When the disk is too full for another job"),
        new("idle", new MapType([new("shutdown-after", Duration, "End after this long without a job (default: never)"), new("command", Texts, "Program and arguments to run then"), new("after-one-job", Flag, "End after the first job (default: false)")]), "What happens when there is nothing to do"),
        new("preemption", new MapType(
        [
            new("cloud", new ChoiceType(["aws", "azure", "gcp"]), "Whose metadata service is asked whether the machine is to be taken away (default: none)"),
            new("endpoint", Text, "Another address of that service than the cloud's own"),
            new("acpi", Text, "Path of acpid's socket, which tells of the power button: /run/acpid.socket (default: none)"),
            new("interval", Duration, "How often the service is asked (default: 5s)"),
            new("grace", Duration, "How long running jobs may still go on then, before they are stopped and run again elsewhere by 'reruns' (default: 15s)"),
        ]), "Where it is said that the machine will be taken away"),
        new("web", new MapType([new("listen", Text, "[ADDRESS:]PORT; loopback unless an address is given", IsRequired: true), new("token", Secret, "Who has it may drain and resume; demanded for everything when not on loopback")]), "Status page and metrics (default: none)"),
        new("webhook", new MapType([new("listen", Text, "[ADDRESS:]PORT", IsRequired: true), new("secret", Secret, "The webhook's secret", IsRequired: true)]), "Where GitHub's deliveries come in, for pools with mode: webhook"),
        new("pools", new ListType(Pool), "Runners by shape", IsRequired: true),
    ]);
}

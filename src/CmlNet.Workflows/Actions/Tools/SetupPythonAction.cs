using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Tools;

/// <summary>
/// <c>actions/setup-python</c> without a download: the image's interpreter when its version is the one asked for, else one from the image's <c>uv</c> or <c>apt-get</c>,
/// else an error that says what there is.
/// </summary>
internal sealed class SetupPythonAction : IBuiltInAction
{
    private const string Downloads = "nothing is downloaded from actions/python-versions";
    private const string Cache = "use actions/cache for the tool's own folder";

    public string Name => "actions/setup-python";

    public IReadOnlyList<BuiltInInput> Inputs { get; } =
    [
        new("python-version"), new("python-version-file"), new("update-environment"), new("architecture"),
        new("cache") { Idle = Cache },
        new("cache-dependency-path") { Idle = Cache },
        new("check-latest") { Default = "false", Idle = Downloads },
        new("token") { Idle = Downloads },
        new("allow-prereleases") { Default = "false", Idle = "a pre-release counts as its version" },
        new("ignore-platform-version") { Default = "false", Idle = Downloads },
        new("freethreaded") { Default = "false", Refused = "use an image with the free-threaded interpreter, without this step" },
        new("pip-version") { Refused = "say it in a step of its own: python -m pip install pip==VERSION" },
        new("pip-install") { Refused = "say it in a step of its own: python -m pip install PACKAGE" },
    ];

    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        var inputs = new ActionInputs(invocation, this);
        DemandArchitecture(invocation, inputs["architecture"]);
        string[] wanted = Wanted(invocation, inputs);
        IReadOnlyList<PythonInterpreter> found = await PythonInterpreter.FindAllAsync(invocation, cancellationToken);
        foreach (string version in wanted)
            await UseAsync(invocation, inputs, await FindAsync(invocation, version, found, cancellationToken), cancellationToken);
        return 0;
    }

    private static void DemandArchitecture(StepInvocation invocation, string wanted)
    {
        string has = RunnerContext.ArchitectureOf(invocation.Run.EngineInfo.Architecture);
        if (wanted.Length > 0 && RunnerContext.ArchitectureOf(wanted) != has)
            throw new StepFailedException($"actions/setup-python with 'architecture: {wanted}' is not supported by cml run: this job's architecture is {has.ToLowerInvariant()}.");
    }

    /// <summary>Several versions may be asked for; the last one is the default.</summary>
    private static string[] Wanted(StepInvocation invocation, ActionInputs inputs)
    {
        string text = inputs["python-version"];
        if (text.Length == 0 && inputs["python-version-file"].Length > 0)
            text = PythonVersionFile.Read(invocation, inputs["python-version-file"]);
        string[] versions = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return versions.Length == 0 ? ["x"] : versions;
    }

    private static async Task<PythonInterpreter> FindAsync(StepInvocation invocation, string wanted, IReadOnlyList<PythonInterpreter> found, CancellationToken cancellationToken)
    {
        VersionRange range = VersionRange.Parse(wanted) ?? throw new StepFailedException($"The Python version '{wanted}' is not supported by cml run: expected a version of CPython, as 3.11, 3.x or >=3.9.");
        PythonInterpreter? fits = found.FirstOrDefault(python => range.Contains(python.Version)) ?? await PythonInterpreter.FromUvAsync(invocation, wanted, cancellationToken);
        // On this machine itself nothing is installed.
        if (fits is null && !invocation.Run.EngineInfo.RunsOnHost && await PythonInterpreter.FromAptAsync(invocation, wanted, cancellationToken) is { } installed && range.Contains(installed.Version))
            fits = installed;
        string has = found.Count == 0 ? "has no Python" : "has Python " + string.Join(", ", found.Select(python => python.Version).Distinct(StringComparer.Ordinal));
        return fits ?? throw new StepFailedException($"Python {wanted} is asked for, this job's image {has}, and neither uv nor apt-get in it could bring it: use an image that has it (container: or --image), or allow the image's own in python-version.");
    }

    private static async Task UseAsync(StepInvocation invocation, ActionInputs inputs, PythonInterpreter python, CancellationToken cancellationToken)
    {
        string bin = Path.GetDirectoryName(python.Path) ?? "/usr/bin";
        if (!inputs["update-environment"].Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            foreach (string name in new[] { "pythonLocation", "Python_ROOT_DIR", "Python2_ROOT_DIR", "Python3_ROOT_DIR" })
                invocation.State.Environment[name] = python.Prefix;
            // Steps say "python"; an image need not have it under that name.
            if (python.Name != "python")
                invocation.State.AddPath(await LinkAsync(invocation, python, cancellationToken));
        }
        invocation.Outputs.Set("python-version", python.Version);
        invocation.Outputs.Set("python-path", python.Path);
        invocation.Log.Write($"Using Python {python.Version} of this job's image ({python.Path}, {bin})");
    }

    /// <summary>A folder with <c>python</c> and <c>python3</c> as links, made by the job itself: a link that a step left in the tool cache leads nowhere else there.</summary>
    private static async Task<string> LinkAsync(StepInvocation invocation, PythonInterpreter python, CancellationToken cancellationToken)
    {
        const string Script = "mkdir -p \"$1\" && ln -s \"$2\" \"$1/python\" && ln -s \"$2\" \"$1/python3\"";
        string folder = $"{invocation.State.Paths.ToolCache}/Python/{Guid.NewGuid():N}/bin";
        (int exitCode, _, string error) = await JobCommand.AskAsync(invocation, ["sh", "-c", Script, "sh", folder, python.Path], cancellationToken);
        return exitCode == 0 ? folder : throw new StepFailedException($"The folder {folder} with the name 'python' could not be made: {error.Trim()}");
    }
}

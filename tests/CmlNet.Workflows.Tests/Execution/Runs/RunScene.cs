using CmlNet.Containers;
using CmlNet.Testing.Docker;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Workflows.Tests.Execution.Runs;

/// <summary>A work tree in a temporary folder and a run of one workflow in it, on a real engine.</summary>
internal sealed class RunScene : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cml-run-").FullName;

    public RecordingObserver Observer { get; private set; } = new(null);

    /// <summary>Hears every event as it happens.</summary>
    public Action<RunEvent>? OnEvent { get; set; }

    /// <summary>The single file to mount into jobs; null for none.</summary>
    public string? CmlBinary { get; init; }

    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, string> ActionMirrors { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string RunId { get; } = RunIds.Create(TimeProvider.System);

    public string RunDirectory => Path.Combine(_root, ".cml", "runs", RunId);

    /// <summary>Lines that steps printed, notices and annotations.</summary>
    public string Log => string.Join('\n', Observer.Lines.Concat(Observer.Notices).Concat(Observer.Events.OfType<JobAnnotated>().Select(e => e.Annotation.Message)));

    public void Write(string path, string text)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>Jobs say <c>runs-on: python</c> for the test image.</summary>
    public async Task<RunRecord> RunAsync(string yaml, string engineName = "docker", CancellationToken cancel = default)
    {
        string image = engineName == "docker" ? await DockerFixture.RequireAsync(TestImages.Python3) : "none";
        Write(".github/workflows/test.yml", yaml);
        WorkflowParseResult parsed = WorkflowParser.Parse(".github/workflows/test.yml", yaml);
        Assert.Empty(parsed.Errors);
        IContainerEngine engine = ContainerServices.Resolve(engineName, new EngineContext());
        try
        {
            EngineInfo info = await engine.ProbeAsync(CancellationToken.None);
            GitState git = await GitStateReader.ReadAsync(_root, "origin", null, CancellationToken.None);
            RunInput input = RunInput.Create(EventPayload.Build(new EventRequest { Name = "push" }, git), git, parsed.Workflow!, "token-of-test");
            Observer = new RecordingObserver(OnEvent);
            Directory.CreateDirectory(RunDirectory);
            var runner = new WorkflowRunner(engine, info, Observer, TimeProvider.System, NullLogger<WorkflowRunner>.Instance);
            return await runner.RunAsync(parsed.Workflow!, Request(image), input, _ => { }, cancel, CancellationToken.None);
        }
        finally
        {
            (engine as IDisposable)?.Dispose();
        }
    }

    /// <summary>Names of this run's containers and networks that the engine still has.</summary>
    public async Task<IReadOnlyList<string>> LeftAsync()
    {
        var engine = (IContainerCleaner)ContainerServices.Resolve("docker", new EngineContext());
        IReadOnlyList<Leftover> left = await engine.FindAsync($"cmlnet.run={RunId}", CancellationToken.None);
        (engine as IDisposable)?.Dispose();
        return [.. left.Select(item => item.Name)];
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private RunRequest Request(string image) => new()
    {
        RunId = RunId,
        RepositoryRoot = _root,
        RunDirectory = RunDirectory,
        Secrets = Secrets,
        CmlBinary = CmlBinary,
        ActionMirrors = ActionMirrors,
        Images = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["python"] = image },
    };
}

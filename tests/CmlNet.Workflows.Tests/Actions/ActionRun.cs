using CmlNet.Containers;
using CmlNet.Testing.Docker;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Tests.Execution.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Workflows.Tests.Actions;

/// <summary>A repository with one workflow, run for real: on the container engine, or as processes.</summary>
internal sealed class ActionRun : IDisposable
{
    public const string WorkflowPath = ".github/workflows/test.yml";

    private readonly TemporaryRepository _repository = new();
    private readonly List<string> _directories = [];

    public ActionRun(string workflow, params (string Path, string? Text)[] files) =>
        _repository.Commit("Start", [(WorkflowPath, workflow), .. files]);

    public string Root => _repository.Root;

    /// <summary>The last run's directory.</summary>
    public string Directory => _directories[^1];

    /// <summary>A workflow of one job, its steps given with their own indentation.</summary>
    public static string OneJob(string steps) => $"on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n{string.Join('\n', steps.Split('\n').Select(line => "      " + line))}\n";

    public string Git(params string[] arguments) => _repository.Git(arguments);

    public void Change(params (string Path, string? Text)[] files) => _repository.Commit("Change", files);

    public async Task<RunRecord> RunAsync(string engineName, Func<RunRequest, RunRequest>? change = null, Func<IContainerEngine, IContainerEngine>? around = null)
    {
        string image = engineName == "docker" ? await DockerFixture.RequireAsync(TestImages.Python3) : "none";
        IContainerEngine engine = ContainerServices.Resolve(engineName, new EngineContext());
        EngineInfo info = await engine.ProbeAsync(CancellationToken.None);
        WorkflowParseResult parsed = WorkflowParser.Parse(WorkflowPath, await File.ReadAllTextAsync(Path.Combine(Root, WorkflowPath)));
        Assert.True(parsed.Workflow is not null, string.Join('\n', parsed.Errors));
        string id = RunIds.Create(TimeProvider.System);
        _directories.Add(Path.Combine(Root, ".cml", "runs", id));
        var request = new RunRequest
        {
            RunId = id,
            RepositoryRoot = Root,
            RunDirectory = Directory,
            Images = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["ubuntu-latest"] = image },
        };
        GitState git = await GitStateReader.ReadAsync(Root, "origin", null, CancellationToken.None);
        RunInput input = RunInput.Create(EventPayload.Build(new EventRequest { Name = "push", WorkflowPath = WorkflowPath }, git), git, parsed.Workflow, "");
        var runner = new WorkflowRunner(around?.Invoke(engine) ?? engine, info, new Silence(), TimeProvider.System, NullLogger<WorkflowRunner>.Instance);
        return await runner.RunAsync(parsed.Workflow, change?.Invoke(request) ?? request, input, _ => { }, CancellationToken.None, CancellationToken.None);
    }

    /// <summary>The log of a step, by its name.</summary>
    public string Log(RunRecord run, string step)
    {
        StepRecord? record = run.Jobs.SelectMany(job => job.Steps).FirstOrDefault(other => other.Name == step);
        Assert.True(record is not null, $"no step '{step}' among: {Describe(run)}");
        return record.Log is null ? "" : File.ReadAllText(Path.Combine(Directory, record.Log));
    }

    /// <summary>Name and conclusion of every step.</summary>
    public static string Describe(RunRecord run) => string.Join('\n', run.Jobs.SelectMany(job => job.Steps).Select(step => $"{step.Name}: {step.Outcome} {step.Conclusion}"));

    /// <summary>The run succeeded; if not, everything it said.</summary>
    public void AssertSucceeded(RunRecord run) =>
        Assert.True(run.Conclusion == Conclusions.Success, Describe(run) + "\n" + string.Join('\n', System.IO.Directory.EnumerateFiles(Path.Combine(Directory, "logs"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)) + string.Join('\n', run.Jobs.SelectMany(job => job.Annotations).Select(a => a.Message)));

    public void Dispose() => _repository.Dispose();

    private sealed class Silence : IRunObserver
    {
        public void On(RunEvent happened)
        {
            // Tests read what the run left.
        }
    }
}

using CmlNet.Workflows.Actions.Remote;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Calls;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;
using CmlNet.Workflows.Tests.Execution.Events;
using CmlNet.Workflows.Tests.Execution.Runs;

namespace CmlNet.Workflows.Tests.Execution.Calls;

/// <summary>Reusable workflows of other repositories.</summary>
public sealed class RemoteCallTests : IDisposable
{
    private const string Caller = "on: push\njobs:\n  a:\n    uses: acme/shared/.github/workflows/train.yml@v1\n    with: { rounds: 3 }\n";

    private const string Train = """
        on: { workflow_call: { inputs: { rounds: { type: number } } } }
        jobs:
          fit:
            runs-on: python
            steps:
              - run: echo "rounds ${{ inputs.rounds }}"
              - uses: acme/greet@v2
          inner: { uses: ./.github/workflows/inner.yml }
        """;

    private readonly string _mirror = Directory.CreateTempSubdirectory("cml-mirror-").FullName;

    public void Dispose() => Directory.Delete(_mirror, recursive: true);

    [Fact]
    public async Task Mirror_OfAWorkflow_RunsWithItsOwnLocalCallsAndActions()
    {
        using var scene = new RunScene { ActionMirrors = new Dictionary<string, string>(StringComparer.Ordinal) { ["acme/shared@v1"] = _mirror, ["acme/greet@v2"] = Path.Combine(_mirror, "greet") } };
        await WriteAsync(".github/workflows/train.yml", Train);
        await WriteAsync(".github/workflows/inner.yml", "on: workflow_call\njobs:\n  check:\n    runs-on: python\n    steps:\n      - run: echo inner of theirs\n");
        await WriteAsync("greet/action.yml", "runs: { using: composite, steps: [{ shell: sh, run: echo greeted }] }");
        scene.Write(".github/workflows/inner.yml", "on: workflow_call\njobs: {}\n");

        RunRecord run = await scene.RunAsync(Caller, "process");

        Assert.True(run.Conclusion == Conclusions.Success, scene.Log);
        Assert.Equal(["a / fit", "a / inner / check"], run.Jobs.Select(job => job.Name));
        foreach (string line in new[] { "rounds 3", "greeted", "inner of theirs" })
            Assert.Contains(line, scene.Observer.Lines);
    }

    [Fact]
    public async Task Mirror_WhoseWorkflowUsesWhatIsNotThere_IsRefusedBeforeAnythingRuns()
    {
        using var scene = new RunScene { ActionMirrors = new Dictionary<string, string>(StringComparer.Ordinal) { ["acme/shared@v1"] = _mirror, ["acme/greet@v2"] = Path.Combine(_mirror, "nowhere") } };
        await WriteAsync(".github/workflows/train.yml", Train.Replace("  inner: { uses: ./.github/workflows/inner.yml }", "", StringComparison.Ordinal));

        InvalidRunException refused = await Assert.ThrowsAsync<InvalidRunException>(() => scene.RunAsync(Caller, "process"));

        Assert.Equal($"acme/shared/.github/workflows/train.yml@v1:7:15: --action acme/greet@v2={_mirror}/nowhere: there is no such folder.", refused.Message);
        Assert.Empty(scene.Observer.Events);
    }

    [Theory]
    [InlineData("train.yml", "on: push\njobs: {}\n", "acme/shared/.github/workflows/train.yml@v1:")]
    [InlineData("other.yml", "on: workflow_call\njobs: {}\n", "Workflow 'acme/shared/.github/workflows/train.yml@v1' was not found")]
    public async Task Mirror_WithoutThatWorkflow_IsRefused(string file, string text, string message)
    {
        using var scene = new RunScene { ActionMirrors = new Dictionary<string, string>(StringComparer.Ordinal) { ["acme/shared@v1"] = _mirror } };
        await WriteAsync(".github/workflows/" + file, text);

        InvalidRunException refused = await Assert.ThrowsAsync<InvalidRunException>(() => scene.RunAsync(Caller, "process"));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_OfAWorkflow_ServesWithoutNetworkLaterAndSaysWhatIsMissing()
    {
        using var repository = new TemporaryRepository();
        repository.Commit("One", (".github/workflows/train.yml", "on: workflow_call\njobs:\n  b:\n    runs-on: python\n    steps: [{ run: ls }]\n"));
        repository.Git("tag", "v1");
        string server = Path.Combine(_mirror, "server");
        Directory.CreateDirectory(Path.Combine(server, "acme"));
        Directory.CreateSymbolicLink(Path.Combine(server, "acme", "shared"), repository.Root);

        Assert.Equal(["b"], await CalledJobsAsync("v1"));
        Directory.Delete(server, recursive: true);
        Assert.Equal(["b"], await CalledJobsAsync("v1"));
        InvalidRunException missing = await Assert.ThrowsAsync<InvalidRunException>(() => CalledJobsAsync("v2"));

        Assert.StartsWith($"w.yml:4:11: acme/shared@v2 is not in the cache ({_mirror}/cache) and cannot be downloaded from file://{server}/acme/shared: ", missing.Message, StringComparison.Ordinal);
        Assert.EndsWith("Give a local copy with --action acme/shared@v2=DIR", missing.Message, StringComparison.Ordinal);

        async Task<IEnumerable<string>> CalledJobsAsync(string reference)
        {
            var request = new RunRequest { RunId = "r", RepositoryRoot = _mirror, RunDirectory = _mirror, ActionCache = Path.Combine(_mirror, "cache") };
            Workflow caller = WorkflowParser.Parse("w.yml", $"on: push\njobs:\n  a:\n    uses: acme/shared/.github/workflows/train.yml@{reference}\n").Workflow!;
            IReadOnlyDictionary<string, WorkflowCall> calls = await new CalledFiles(_mirror, new RemoteActions(request, "file://" + server)).ResolveAsync(caller, CancellationToken.None);
            return calls["a"].Workflow.Jobs.Select(job => job.Id);
        }
    }

    [Fact]
    public async Task Errors_OfTheFirstCalledWorkflow_AreNotJoinedByFilesThatNobodyLookedFor()
    {
        await WriteAsync(".github/workflows/wrong.yml", "on: push\njobs: {}\n");
        var request = new RunRequest { RunId = "r", RepositoryRoot = _mirror, RunDirectory = _mirror, ActionMirrors = new Dictionary<string, string>(StringComparer.Ordinal) { ["acme/shared@v1"] = _mirror } };
        WorkflowParseResult caller = WorkflowParser.Parse("w.yml", "on: push\njobs:\n  a: { uses: ./.github/workflows/wrong.yml }\n  b: { uses: acme/shared/.github/workflows/train.yml@v1 }\n  c: { uses: ./.github/workflows/absent.yml }\n");
        await WriteAsync(".github/workflows/train.yml", Train);
        // Not null: it is a workflow.
        InvalidRunException refused = await Assert.ThrowsAsync<InvalidRunException>(() => new CalledFiles(_mirror, new RemoteActions(request, "https://github.com")).ResolveAsync(caller.Workflow!, CancellationToken.None));
        Assert.DoesNotContain("train.yml", refused.Message, StringComparison.Ordinal);
        Assert.Contains("wrong.yml", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Workflow '.github/workflows/absent.yml' was not found", refused.Message, StringComparison.Ordinal);
    }

    private async Task WriteAsync(string path, string text)
    {
        string full = Path.Combine(_mirror, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        await File.WriteAllTextAsync(full, text);
    }
}

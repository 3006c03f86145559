using CmlNet.Workflows.Actions.Remote;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Tests.Execution.Events;

namespace CmlNet.Workflows.Tests.Actions;

public sealed class RemoteActionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-remote-").FullName;

    [SkippableFact]
    public async Task Mirror_OfACompositeAction_RunsAndLeavesItsFilesInTheJob()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "action.yml"), """
            runs:
              using: composite
              steps:
                - { shell: sh, run: 'echo "$GITHUB_ACTION_PATH $GITHUB_ACTION_REPOSITORY $GITHUB_ACTION_REF" && cat "$GITHUB_ACTION_PATH/data.txt"' }
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "data.txt"), "from the mirror");
        using var run = new ActionRun(ActionRun.OneJob("- uses: acme/act@main"));
        RunRecord record = await run.RunAsync("docker", request => request with { ActionMirrors = new Dictionary<string, string>(StringComparer.Ordinal) { ["acme/act@main"] = _folder } });
        run.AssertSucceeded(record);
        string log = run.Log(record, "Run acme/act@main");
        Assert.Contains("/__w/_actions/acme/act/main acme/act main\nfrom the mirror", log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Mirror_WhereTheJobCannotBeHeld_IsCopiedAndThatIsSaid()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "action.yml"), "runs: { using: composite, steps: [{ shell: sh, run: echo ran }] }");
        using var run = new ActionRun(ActionRun.OneJob("- uses: acme/act@main\n  name: act"));
        RunRecord record = await run.RunAsync("docker", request => request with { ActionMirrors = new Dictionary<string, string>(StringComparer.Ordinal) { ["acme/act@main"] = _folder } }, inner => new UnheldEngine(inner));
        run.AssertSucceeded(record);
        string log = run.Log(record, "act");
        Assert.Contains("##[warning]What earlier steps left running goes on while files of the job are read and written", log, StringComparison.Ordinal);
        Assert.Contains("ran\n", log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Mirror_ThatUsesAnUnsupportedAction_IsRefusedBeforeAnythingRuns()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "action.yml"), "runs: { using: docker, image: alpine }");
        using var run = new ActionRun(ActionRun.OneJob("- uses: acme/act@main"));
        InvalidRunException refused = await Assert.ThrowsAsync<InvalidRunException>(() =>
            run.RunAsync("process", request => request with { ActionMirrors = new Dictionary<string, string>(StringComparer.Ordinal) { ["acme/act@main"] = _folder } }));
        Assert.Contains(".github/workflows/test.yml:6:15: 'alpine' of the action acme/act/action.yml should be either", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_OfATag_IsKeptByCommitAndServesWithoutNetwork()
    {
        using var repository = new TemporaryRepository();
        repository.Commit("One", ("action.yml", "runs: { using: composite, steps: [] }"));
        repository.Git("tag", "--annotate", "--message", "v1", "v1");
        string server = Path.Combine(_folder, "server");
        Directory.CreateDirectory(Path.Combine(server, "acme"));
        Directory.CreateSymbolicLink(Path.Combine(server, "acme", "act"), repository.Root);
        string cache = Path.Combine(_folder, "cache");
        string commit = repository.Git("rev-parse", "HEAD");
        RemoteReference reference = RemoteReference.Parse("acme/act@v1")!;

        string folder = await new ActionDownload(cache, "file://" + server).GetAsync(reference, CancellationToken.None);
        Assert.Equal(Path.Combine(cache, "acme/act", commit), folder);
        Assert.Equal(["action.yml"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));

        Directory.Delete(server, recursive: true);
        var offline = new ActionDownload(cache, "file://" + server);
        Assert.Equal(folder, await offline.GetAsync(reference, CancellationToken.None));
        Assert.Equal(folder, await offline.GetAsync(reference with { Ref = commit }, CancellationToken.None));
        StepFailedException missing = await Assert.ThrowsAsync<StepFailedException>(() => offline.GetAsync(reference with { Ref = "v2" }, CancellationToken.None));
        Assert.StartsWith($"acme/act@v2 is not in the cache ({cache}) and cannot be downloaded from file://{server}/acme/act: ", missing.Message, StringComparison.Ordinal);
        Assert.EndsWith("Give a local copy with --action acme/act@v2=DIR", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme/act@v1", true)]
    [InlineData("acme/act/sub/folder@feature/x", true)]
    [InlineData("acme/../etc@v1", false)]
    [InlineData("acme/act@../x", false)]
    [InlineData("acme/act@--upload-pack=x", false)]
    [InlineData("-x/act@v1", false)]
    [InlineData("acme/act", false)]
    [InlineData("docker://alpine:3", false)]
    public void Reference_OfTheForm_IsTaken(string uses, bool taken) => Assert.Equal(taken, RemoteReference.Parse(uses) is not null);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Records;

namespace CmlNet.Workflows.Tests.Actions;

/// <summary>Pre and post parts of actions of other repositories, in the official runner's order. As processes: the machine's own Node runs them.</summary>
public sealed class ActionPartsTests : IDisposable
{
    private const string Post = "console.log(`post state=${process.env.STATE_from} input=${process.env.INPUT_X}`)";

    private readonly string _mirror = Directory.CreateTempSubdirectory("cml-mirror-").FullName;

    public ActionPartsTests()
    {
        Write("pre/action.yml", "inputs: { x: { default: none } }\nruns: { using: node20, pre: pre.js, main: main.js, post: post.js }");
        Write("pre/pre.js", "console.log('this is pre'); require('fs').appendFileSync(process.env.GITHUB_STATE, 'from=pre\\n')");
        Write("pre/main.js", "console.log(`this is main state=${process.env.STATE_from}`)");
        Write("pre/post.js", Post);
        Write("nopre/action.yml", "runs: { using: node20, main: main.js, post: post.js }");
        Write("nopre/main.js", "");
        Write("nopre/post.js", "console.log('post of nopre')");
        Write("never/action.yml", "runs: { using: node20, pre: main.js, pre-if: \"runner.os == 'Windows'\", main: main.js, post: post.js }");
        Write("never/main.js", "console.log('part of never')");
        Write("never/post.js", "console.log('post of never')");
        Write("comp/action.yml", "runs: { using: composite, steps: [{ uses: own/acts/nopre@v1 }, { uses: own/acts/pre@v1, with: { x: '${{ github.job }}' } }, { uses: own/acts/never@v1 }] }");
        Write("outer/action.yml", "runs: { using: composite, steps: [{ uses: own/acts/comp@v1 }, { shell: sh, run: echo after the inner one }] }");
        Write("endless/action.yml", "runs: { using: composite, steps: [{ uses: own/acts/endless@v1 }] }");
    }

    public void Dispose() => Directory.Delete(_mirror, recursive: true);

    [SkippableFact]
    public async Task Pre_WhoseMainIsSkipped_HasItsPostOnce()
    {
        Skip.IfNot(HasNode(), "There is no node on this machine.");
        using var run = new ActionRun(ActionRun.OneJob("- run: exit 1\n- uses: own/acts/pre@v1\n- uses: own/acts/pre@v1\n  name: always\n  if: always()\n  with: { x: given }"));
        RunRecord record = await run.RunAsync("process", Mirrored);
        Assert.Equal(
            """
            Pre Run own/acts/pre@v1: success success
            Pre always: success success
            Run exit 1: failure failure
            Run own/acts/pre@v1: skipped skipped
            always: success success
            Post always: success success
            Post Run own/acts/pre@v1: success success
            """,
            ActionRun.Describe(record));
        Assert.Contains("post state=pre input=none", run.Log(record, "Post Run own/acts/pre@v1"), StringComparison.Ordinal);
        Assert.Contains("this is main state=pre", run.Log(record, "always"), StringComparison.Ordinal);
        Assert.Contains("post state=pre input=given", run.Log(record, "Post always"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Pre_ThatFails_HasItsPost()
    {
        Skip.IfNot(HasNode(), "There is no node on this machine.");
        Write("pre/pre.js", "process.exit(5)");
        using var run = new ActionRun(ActionRun.OneJob("- uses: own/acts/pre@v1"));
        RunRecord record = await run.RunAsync("process", Mirrored);
        Assert.Equal("Pre Run own/acts/pre@v1: failure failure\nRun own/acts/pre@v1: skipped skipped\nPost Run own/acts/pre@v1: success success", ActionRun.Describe(record));
    }

    [SkippableFact]
    public async Task Posts_OfStepsWithAndWithoutPre_ComeInReverseOrderOfTheirRegistration()
    {
        Skip.IfNot(HasNode(), "There is no node on this machine.");
        using var run = new ActionRun(ActionRun.OneJob("- uses: own/acts/nopre@v1\n- uses: own/acts/comp@v1\n- uses: own/acts/pre@v1"));
        RunRecord record = await run.RunAsync("process", Mirrored);
        run.AssertSucceeded(record);
        Assert.Equal(
            [
                "Pre Run own/acts/comp@v1", "Pre Run own/acts/pre@v1",
                "Run own/acts/nopre@v1", "Run own/acts/comp@v1", "Run own/acts/pre@v1",
                "Post Run own/acts/nopre@v1", "Post Run own/acts/pre@v1", "Post Run own/acts/comp@v1",
            ],
            record.Jobs[0].Steps.Select(step => step.Name));
    }

    [SkippableFact]
    public async Task Composite_OfAnotherRepository_RunsThePresOfItsStepsBeforeTheJobsFirst()
    {
        Skip.IfNot(HasNode(), "There is no node on this machine.");
        using var run = new ActionRun(ActionRun.OneJob("- run: echo first\n- uses: own/acts/outer@v1"));
        RunRecord record = await run.RunAsync("process", Mirrored);
        run.AssertSucceeded(record);
        Assert.Equal(["Pre Run own/acts/outer@v1", "Run echo first", "Run own/acts/outer@v1", "Post Run own/acts/outer@v1"], record.Jobs[0].Steps.Select(step => step.Name));
        Assert.Equal("this is pre\n", run.Log(record, "Pre Run own/acts/outer@v1"));
        string main = run.Log(record, "Run own/acts/outer@v1");
        Assert.DoesNotContain("this is pre", main, StringComparison.Ordinal);
        Assert.StartsWith("this is main state=pre\npart of never\n", main, StringComparison.Ordinal);
        // The last step's first, although the second one's was registered before them.
        Assert.Equal("post of never\npost state=pre input=one\npost of nopre\n", run.Log(record, "Post Run own/acts/outer@v1"));
    }

    [SkippableFact]
    public async Task Composite_OfTheWorkspace_RunsThePresOfItsStepsWithItAndAsksTheirConditions()
    {
        Skip.IfNot(HasNode(), "There is no node on this machine.");
        using var run = new ActionRun(
            ActionRun.OneJob("- uses: ./local"),
            ("local/action.yml", "runs: { using: composite, steps: [{ uses: own/acts/pre@v1 }, { uses: own/acts/never@v1 }] }"));
        RunRecord record = await run.RunAsync("process", Mirrored);
        run.AssertSucceeded(record);
        Assert.Equal("this is pre\nthis is main state=pre\npart of never\n", run.Log(record, "Run ./local"));
        Assert.Equal("post of never\npost state=pre input=none\n", run.Log(record, "Post Run ./local"));
    }

    [Fact]
    public async Task Composite_ThatUsesItself_FailsInItsMainPart()
    {
        using var run = new ActionRun(ActionRun.OneJob("- uses: own/acts/endless@v1"));
        RunRecord record = await run.RunAsync("process", Mirrored);
        Assert.Contains("Composite action depth exceeded max depth 9", run.Log(record, "Run own/acts/endless@v1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_OfAnAction_AreThereAndEmptyInRunSteps()
    {
        using var run = new ActionRun(ActionRun.OneJob("- run: test \"${GITHUB_ACTION_REF-unset}${GITHUB_ACTION_REPOSITORY-unset}\" = \"\"\n  env: { GITHUB_ACTION_REF: given }"));
        run.AssertSucceeded(await run.RunAsync("process"));
    }

    private static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "node")));

    private RunRequest Mirrored(RunRequest request) => request with { ActionMirrors = new Dictionary<string, string>(StringComparer.Ordinal) { ["own/acts@v1"] = _mirror } };

    private void Write(string path, string text)
    {
        string full = Path.Combine(_mirror, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}

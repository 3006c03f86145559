using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Tests.Actions;

/// <summary>Which Node an action gets. The programs are scripts that say which one ran.</summary>
public sealed class NodeChoiceTests
{
    private const string ImageHasNode12 = """
        - run: printf '#!/bin/sh\n[ "$1" = --version ] && echo v12.22.0 || echo "ran on 12"\n' > /usr/local/bin/node; chmod +x /usr/local/bin/node
        - uses: ./n20
        - { uses: ./n24, if: always() }
        """;

    private static readonly (string Path, string? Text)[] Actions =
    [
        ("n20/action.yml", "runs: { using: node16, main: m.js }"), ("n20/m.js", ""),
        ("n24/action.yml", "runs: { using: node24, main: m.js }"), ("n24/m.js", ""),
    ];

    [SkippableFact]
    public async Task RunnersFolder_WithBothVersions_GivesEachActionItsOwn()
    {
        using var run = new ActionRun(ActionRun.OneJob(ImageHasNode12), [.. Actions, Node("runner/externals/node24/bin/node", 24), Node("runner/externals/node20/bin/node", 20)]);
        RunRecord record = await run.RunAsync("docker", request => Named(run, request, "runner"));
        run.AssertSucceeded(record);
        Assert.Contains("ran on 20", run.Log(record, "Run ./n20"), StringComparison.Ordinal);
        Assert.Contains("ran on 24", run.Log(record, "Run ./n24"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task NamedOne_ThatIsNewer_GoesBeforeTheImages()
    {
        using var run = new ActionRun(ActionRun.OneJob("- run: printf '#!/bin/sh\\necho v20.0.0\\n' > /usr/local/bin/node; chmod +x /usr/local/bin/node\n- uses: ./n20"), [.. Actions, Node("new/node", 26)]);
        RunRecord record = await run.RunAsync("docker", request => Named(run, request, "new/node"));
        run.AssertSucceeded(record);
        Assert.Contains("ran on 26", run.Log(record, "Run ./n20"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task NamedOne_ThatIsTooOld_IsPassedOverForTheImages()
    {
        using var run = new ActionRun(ActionRun.OneJob("- run: printf '#!/bin/sh\\n[ \"$1\" = --version ] && echo v24.1.0 || echo \"ran on the image\"\\n' > /usr/local/bin/node; chmod +x /usr/local/bin/node\n- uses: ./n24"), [.. Actions, Node("old/node", 20)]);
        RunRecord record = await run.RunAsync("docker", request => Named(run, request, "old/node"));
        run.AssertSucceeded(record);
        string log = run.Log(record, "Run ./n24");
        Assert.Contains("##[warning]The action needs Node 24; v20.0.0 of ", log, StringComparison.Ordinal);
        Assert.Contains("ran on the image", log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task NamedOne_ThatIsNewEnoughForOneActionOnly_LeavesTheOtherAnErrorThatNamesAll()
    {
        using var run = new ActionRun(ActionRun.OneJob(ImageHasNode12), [.. Actions, Node("some/node", 20)]);
        RunRecord record = await run.RunAsync("docker", request => Named(run, request, "some/node"));
        Assert.Contains("ran on 20", run.Log(record, "Run ./n20"), StringComparison.Ordinal);
        string error = Assert.Single(record.Jobs[0].Annotations).Message;
        Assert.StartsWith($"The action needs Node 24, and what there is is too old: v20.0.0 of {Path.Combine(run.Root, "some/node")}, v12.22.0 of this job's image: use an image that has one, or name with CML_NODE", error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("docker")]
    [InlineData("process")]
    public async Task None_Anywhere_IsAnErrorThatSaysWhatToDo(string engine)
    {
        using var run = new ActionRun(
            ActionRun.OneJob("- uses: actions/checkout@v4\n- uses: ./n20\n" + (engine == "process" ? "  env: { PATH: '${{ github.workspace }}/shell' }" : "")),
            [.. Actions, ("shell/sh", "#!/bin/sh\nexec /bin/sh \"$@\"\n")]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(run.Root, "shell", "sh"), (UnixFileMode)0b111_101_101);
        RunRecord record = await run.RunAsync(engine, request => request with { SearchPath = "", NodeProgram = Path.Combine(run.Root, "gone") });
        Assert.Contains($"##[warning]CML_NODE names {run.Root}/gone, where there is no Node program.", run.Log(record, "Run ./n20"), StringComparison.Ordinal);
        Assert.StartsWith("The action needs Node 20, and neither this job's image nor this machine has one: use an image that has one, or name with CML_NODE", Assert.Single(record.Jobs[0].Annotations).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("node12", 20)]
    [InlineData("node16", 20)]
    [InlineData("Node20", 20)]
    [InlineData("node24", 24)]
    public void Manifest_ThatAsksForAKnownNode_GetsOneOfTheRunners(string kind, int version) =>
        Assert.Equal(version, Assert.IsType<NodeRuns>(ActionManifestReader.Read("action.yml", $"runs: {{ using: {kind}, main: m.js }}", out _)?.Runs).Version);

    [Theory]
    [InlineData("node99")]
    [InlineData("node18")]
    [InlineData("node")]
    public void Manifest_ThatAsksForAnotherNode_IsRefused(string kind)
    {
        Assert.Null(ActionManifestReader.Read("action.yml", $"runs: {{ using: {kind}, main: m.js }}", out IReadOnlyList<WorkflowError> errors));
        Assert.Equal($"'using: {kind}' is not supported, use 'docker', 'node12', 'node16', 'node20', 'node24' or 'composite' instead.", Assert.Single(errors).Message);
    }

    private static (string Path, string? Text) Node(string path, int major) => (path, $"#!/bin/sh\n[ \"$1\" = --version ] && echo v{major}.0.0 || echo \"ran on {major}\"\n");

    private static RunRequest Named(ActionRun run, RunRequest request, string path)
    {
        foreach (string node in Directory.EnumerateFiles(run.Root, "node", SearchOption.AllDirectories))
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(node, (UnixFileMode)0b111_101_101);
        }
        return request with { NodeProgram = Path.Combine(run.Root, path), SearchPath = "" };
    }
}

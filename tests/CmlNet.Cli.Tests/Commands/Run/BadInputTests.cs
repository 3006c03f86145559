using System.Text.Json.Nodes;
using CmlNet.Testing.Docker;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>What goes wrong around a run: one clear message, the right exit code, what was done before still there.</summary>
public sealed class BadInputTests
{
    private const string Simple = "name: Simple\non: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo fine\n";

    private static readonly string[] Image = ["--image", $"ubuntu-latest={TestImages.Python3.Name}"];

    [SkippableFact]
    public async Task Run_NoSuchFile_SaysSo()
    {
        CmlBinary.Require();
        using WorkTree tree = await WorkTree.CreateAsync(Simple);
        await AssertFailsAsync(tree, 2, "cml run: there is no workflow file missing.yml. Name a file such as .github/workflows/train.yml, or none for all that the event triggers.\n", "missing.yml");
        await AssertFailsAsync(tree, 2, "cml run: .github/workflows/test.yml is not triggered by 'release'. It names: push.\n", ".github/workflows/test.yml", "--event", "release");
        await AssertFailsAsync(tree, 2, ".github/workflows/test.yml: There is no job 'b' (jobs: a)\n", "--job", "b");
        await AssertFailsAsync(tree, 2, "cml run: --secret TOKEN_THAT_IS_NOT_THERE has no value and the environment has no variable TOKEN_THAT_IS_NOT_THERE. Give --secret TOKEN_THAT_IS_NOT_THERE=VALUE, or export it.\n", "--secret", "TOKEN_THAT_IS_NOT_THERE");
    }

    [SkippableFact]
    public async Task Run_NoWorkflows_SaysWhereItLooked()
    {
        CmlBinary.Require();
        using WorkTree tree = await WorkTree.CreateAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["a.txt"] = "a" });
        await AssertFailsAsync(tree, 2, $"cml run: there is no workflow under {Path.Combine(tree.Root, ".github/workflows")}. Name a file, or run it inside a repository that has one.\n");
    }

    [SkippableFact]
    public async Task Run_EngineUnreachable_ExitCode3OrTheFallbackIsSaidAloud()
    {
        CmlBinary.Require();
        using WorkTree tree = await WorkTree.CreateAsync(Simple);
        var nowhere = new Dictionary<string, string?>(StringComparer.Ordinal) { ["DOCKER_HOST"] = "unix:///nonexistent/docker.sock" };

        CmlResult refused = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "docker"], nowhere);
        AssertClear(refused);
        Assert.True(refused.ExitCode == 3, refused.ToString());
        Assert.Contains("/nonexistent/docker.sock", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tree.LatestRun));

        CmlResult fallen = await CmlProcess.RunAsync(tree.Root, ["run"], nowhere);
        AssertClear(fallen);
        Assert.True(fallen.ExitCode == 0, fallen.ToString());
        Assert.Contains("Running on this machine itself instead, without containers (--engine process)", fallen.Error, StringComparison.Ordinal);
        Assert.Equal("process", tree.ReadRun()["engine"]!.GetValue<string>());
        Assert.Contains("fine", tree.ReadLog("a", "Run echo fine"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_SocketDiesInAStep_JobFailsWithOneMessageAndIsRecorded()
    {
        CmlBinary.Require();
        await DockerFixture.RequireAsync(TestImages.Python3);
        using WorkTree tree = await WorkTree.CreateAsync("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - name: first\n        run: echo \"kept\"\n      - name: slow\n        run: |\n          echo \"it began\"\n          sleep 300\n      - name: next\n        run: echo never\n");
        await using var socket = new ForwardedSocket(Path.Combine(tree.Root, "engine.sock"), DockerFixture.SocketPath);
        await using CmlProcess cml = CmlProcess.Start(tree.Root, ["run", "--engine", "docker", .. Image], new Dictionary<string, string?>(StringComparer.Ordinal) { ["DOCKER_HOST"] = $"unix://{socket.Path}" });
        await cml.SeesAsync("  it began");
        await socket.CutAsync();
        CmlResult result = await cml.WaitAsync();

        AssertClear(result);
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Single(result.Error.Split('\n'), line => line.Contains("error:", StringComparison.Ordinal));
        Assert.Contains(socket.Path, result.Error, StringComparison.Ordinal);
        Assert.Equal("failure", tree.ReadRun()["conclusion"]!.GetValue<string>());
        Assert.Contains("kept", tree.ReadLog("a", "first"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(tree.LatestRun, "report.html")));

        // The engine came back: the next run removes what this one could not.
        string lost = Path.GetFileName(new FileInfo(tree.LatestRun).LinkTarget!);
        tree.Write(".github/workflows/test.yml", Simple);
        CmlResult next = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "docker", .. Image]);
        Assert.True(next.ExitCode == 0, next.ToString());
        Assert.Empty(await EngineState.OfRunAsync(lost));
    }

    [SkippableFact]
    public async Task Run_DiskFull_SaysSoAndLeavesNothingRunning()
    {
        CmlBinary.Require();
        await DockerFixture.RequireAsync(TestImages.Python3);
        using WorkTree tree = await WorkTree.CreateAsync("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - name: first\n        run: echo kept && echo '# Summary' >> $GITHUB_STEP_SUMMARY\n      - name: fill\n        run: head -c 8000000 /dev/zero | tr '\\0' 'z' | fold -w 100\n      - name: last\n        if: always()\n        run: echo still here\n");
        await using TemporaryFileSystem small = await TemporaryFileSystem.MountAsync("size=2m");
        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "docker", "--out", Path.Combine(small.Path, "run"), .. Image]);

        AssertClear(result);
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("No space left on device", result.Error, StringComparison.Ordinal);
        JsonNode? record = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(small.Path, "run", "run.json")));
        Assert.Equal("failure", (string?)record?["conclusion"]);
        Assert.Equal(["success", "failure", "failure"], record!["jobs"]![0]!["steps"]!.AsArray().Select(step => (string?)step!["conclusion"]));
        Assert.Contains("The log of the step could not be written: No space left on device", (string?)record["jobs"]![0]!["annotations"]![0]!["message"], StringComparison.Ordinal);
        Assert.Equal("# Summary\n\n", await File.ReadAllTextAsync(Path.Combine(small.Path, "run", "summary.md")));
        Assert.Contains("still here", result.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(small.Path, "run"), "*.tmp").Concat(Directory.EnumerateFiles(Path.Combine(small.Path, "run"), ".*")));
        Assert.Contains("kept", await File.ReadAllTextAsync(Path.Combine(small.Path, "run", "logs", "a", "01-first.txt")), StringComparison.Ordinal);
        await EngineState.AssertNothingLeftAsync(tree);
    }

    [SkippableFact]
    public async Task Run_PageThatCannotBeWritten_SaysSoAndKeepsTheRunsOwnExitCode()
    {
        CmlBinary.Require();
        using WorkTree tree = await WorkTree.CreateAsync("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: mkdir -p \"$RUN/report.html/in\"\n");
        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "process", "--out", "result", "--env", $"RUN={tree.Root}/result"]);
        AssertClear(result);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains($"\ncml run: the page {tree.Root}/result/report.html could not be written: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("success", (string?)tree.ReadRun(Path.Combine(tree.Root, "result"))["conclusion"]);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(tree.Root, "result"), "*.tmp"));
    }

    [SkippableFact]
    public async Task Run_ReadOnlyTree_SaysSo()
    {
        CmlBinary.Require();
        await using TemporaryFileSystem small = await TemporaryFileSystem.MountAsync("size=4m");
        using WorkTree tree = await WorkTree.CreateAsync(new Dictionary<string, string>(StringComparer.Ordinal) { [".github/workflows/test.yml"] = Simple }, root: Path.Combine(small.Path, "tree"));
        await small.RemountAsync("ro");
        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "process"]);
        await small.RemountAsync("rw");

        AssertClear(result);
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("Read-only file system", result.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_TreeOfSomebodyElse_SaysSo()
    {
        CmlBinary.Require();
        Skip.If(!string.Equals(Environment.UserName, "root", StringComparison.Ordinal) || !File.Exists("/usr/bin/setpriv"), "Only root can become somebody else, with setpriv.");
        using WorkTree tree = await WorkTree.CreateAsync(Simple);
        await File.WriteAllTextAsync(Path.Combine(tree.Root, "open.txt"), "");
        if (OperatingSystem.IsLinux())
            File.SetUnixFileMode(tree.Root, (UnixFileMode)0b111_101_101);
        await using CmlProcess cml = CmlProcess.Start(tree.Root, ["run", "--engine", "process"], new Dictionary<string, string?>(StringComparer.Ordinal) { ["HOME"] = "/tmp" }, "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        CmlResult result = await cml.WaitAsync();

        AssertClear(result);
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("denied", result.Error, StringComparison.Ordinal);
    }

    private static async Task AssertFailsAsync(WorkTree tree, int exitCode, string error, params string[] arguments)
    {
        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "process", .. arguments]);
        Assert.Equal((exitCode, "", error), (result.ExitCode, result.Out, result.Error));
    }

    private static void AssertClear(CmlResult result)
    {
        Assert.False(result.Error.Contains("   at ", StringComparison.Ordinal), result.ToString());
        Assert.False(result.Error.Contains("Unhandled exception", StringComparison.Ordinal), result.ToString());
    }
}

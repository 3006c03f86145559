using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CmlNet.Testing.Docker;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>What the options of <c>cml run</c> do to where and what it writes.</summary>
public sealed partial class RunOptionTests
{
    private const string Two =
        """
        name: Two
        on: [push, pull_request]
        jobs:
          prepare:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - run: echo ready
          fit:
            needs: prepare
            runs-on: [self-hosted, gpu]
            timeout-minutes: 5
            container:
              image: docker://cmlnet-test/python3:1
              env: { MODE: fast }
              volumes: ["/srv/data:/data:ro"]
            strategy:
              matrix: { model: [svm, tree] }
            steps:
              - name: Fit ${{ matrix.model }}
                if: always()
                run: |
                  echo one
                  echo two
        """;

    [SkippableFact]
    public async Task Plan_ForPeople_IsThisText()
    {
        CmlBinary.Require();
        using WorkTree tree = await WorkTree.CreateAsync(Two);
        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--plan", "--gpus", "all", "--image", "ubuntu-latest=python:3.13"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        await AssertGoldenAsync("plan.txt", result.Out);
        Assert.False(Directory.Exists(Path.Combine(tree.Root, ".cml")), "a plan writes nothing");
    }

    [SkippableFact]
    public async Task Plan_AsJson_IsThisDocument()
    {
        CmlBinary.Require();
        using WorkTree tree = await WorkTree.CreateAsync(Two);
        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--plan", "--json", "--image", "ubuntu-latest=python:3.13"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        await AssertGoldenAsync("plan.json", result.Out);
    }

    [SkippableFact]
    public async Task Json_OfARun_IsOneEventPerLine()
    {
        CmlBinary.Require();
        using WorkTree tree = await WorkTree.CreateAsync("name: Lines\non: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - name: fails\n        run: |\n          echo \"::warning file=a.py,line=3::careful\"\n          exit 2\n");
        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--json", "--engine", "process"]);
        Assert.Equal(1, result.ExitCode);
        foreach (string line in result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.IsType<JsonObject>(JsonNode.Parse(line));
        await AssertGoldenAsync("events.jsonl", Varying().Replace(result.Out.Replace(tree.Root, "/tree", StringComparison.Ordinal), match => match.Groups["name"].Success ? $"{match.Groups["name"].Value}0" : "ID"));
    }

    [SkippableFact]
    public async Task Out_ChosenFolder_HoldsTheRunAndIsNeverSomebodyElses()
    {
        CmlBinary.Require();
        using WorkTree tree = await WorkTree.CreateAsync("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo fine\n");
        string[] arguments = ["run", "--engine", "process", "--out", "result"];
        for (int i = 0; i < 2; i++)
        {
            CmlResult result = await CmlProcess.RunAsync(tree.Root, arguments);
            Assert.True(result.ExitCode == 0, result.ToString());
            Assert.EndsWith($"Report: {tree.Root}/result/report.html\n", result.Out, StringComparison.Ordinal);
            Assert.Equal("success", tree.ReadRun(Path.Combine(tree.Root, "result"))["conclusion"]!.GetValue<string>());
        }

        tree.Write("mine/thesis.tex", "years of work");
        CmlResult refused = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "process", "--out", "mine"]);
        Assert.Equal((2, "cml run: --out mine is not empty and holds no earlier run; choose another folder.\n"), (refused.ExitCode, refused.Error));
        Assert.Equal("years of work", await File.ReadAllTextAsync(Path.Combine(tree.Root, "mine", "thesis.tex")));
    }

    [SkippableFact]
    public async Task Run_WorkflowOfAnotherRepository_RunsThatRepository()
    {
        CmlBinary.Require();
        using WorkTree here = await WorkTree.CreateAsync("on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: cat here.txt}]}}\n");
        using WorkTree there = await WorkTree.CreateAsync("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - name: look\n        run: cat there.txt\n");
        there.Write("there.txt", "of the other");
        CmlResult result = await CmlProcess.RunAsync(here.Root, ["run", $"{there.Root}/.github/workflows/test.yml", "--engine", "process"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("of the other", there.ReadLog("a", "look"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(here.Root, ".cml")), "the working directory's repository has nothing to do with it");
    }

    [SkippableFact]
    public async Task Run_FromTheRootOfTheFileSystem_IsRefused()
    {
        CmlBinary.Require();
        CmlResult result = await CmlProcess.RunAsync("/", ["run"]);
        Assert.Equal((2, "cml run: the whole file system would be the work tree. Run it in the folder of your repository.\n"), (result.ExitCode, result.Error));
    }

    [SkippableFact]
    public async Task SecretFile_LineThatIsNoPair_IsNamedByItsNumberAlone()
    {
        CmlBinary.Require();
        using WorkTree tree = await WorkTree.CreateAsync("on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'true'}]}}\n");
        tree.Write("keys", "A=1\nKEY=-----BEGIN\nMIIEow+Secret/Body==\n");
        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "process", "--secret-file", "keys"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--secret-file keys, line 3: expected NAME=VALUE", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("MIIEow", result.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_ContainerWithoutContainers_SaysThatItIsNotUsed()
    {
        CmlBinary.Require();
        using WorkTree tree = await WorkTree.CreateAsync("on: push\njobs: {a: {runs-on: ubuntu-latest, container: 'python:3.13', steps: [{run: 'true'}]}}\n");
        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "process"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("'container: python:3.13' is not used", result.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_WithoutAFile_RunsEveryWorkflowOfTheEvent()
    {
        CmlBinary.Require();
        string Workflow(string name, string trigger, string script) => $"name: {name}\non: {trigger}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: {script}\n";
        using WorkTree tree = await WorkTree.CreateAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [".github/workflows/b.yml"] = Workflow("B", "push", "exit 1"),
            [".github/workflows/a.yaml"] = Workflow("A", "[push, pull_request]", "echo a"),
            [".github/workflows/c.yml"] = Workflow("C", "pull_request", "echo c"),
            [".github/workflows/notes.txt"] = "no workflow",
        });
        CmlResult push = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "process", "--out", "push"]);
        Assert.True(push.ExitCode == 1, push.ToString());
        Assert.Equal(["a", "b"], Directory.GetDirectories(Path.Combine(tree.Root, "push")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("success", tree.ReadRun(Path.Combine(tree.Root, "push", "a"))["conclusion"]!.GetValue<string>());
        Assert.Equal("failure", tree.ReadRun(Path.Combine(tree.Root, "push", "b"))["conclusion"]!.GetValue<string>());

        CmlResult pull = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "process", "--event", "pull_request", "--out", "pull"]);
        Assert.True(pull.ExitCode == 0, pull.ToString());
        Assert.Equal(["a", "c"], Directory.GetDirectories(Path.Combine(tree.Root, "pull")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [InlineData("docker")]
    [InlineData("process")]
    public async Task Bind_WorkTree_IsWhatTheJobChanges(string engine)
    {
        CmlBinary.Require();
        if (engine == "docker")
            await DockerFixture.RequireAsync(TestImages.Python3);
        using WorkTree tree = await WorkTree.CreateAsync("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n          cat ignored.bin >> made.txt\n          rm -f removed.txt\n");
        tree.Write(".gitignore", "*.bin\n");
        tree.Write("ignored.bin", "data");
        tree.Write("removed.txt", "x");
        string[] arguments = ["run", "--engine", engine, "--image", $"ubuntu-latest={TestImages.Python3.Name}"];

        CmlResult copied = await CmlProcess.RunAsync(tree.Root, arguments);
        Assert.True(copied.ExitCode == 0, copied.ToString());
        Assert.False(File.Exists(Path.Combine(tree.Root, "made.txt")));
        Assert.True(File.Exists(Path.Combine(tree.Root, "removed.txt")));

        CmlResult bound = await CmlProcess.RunAsync(tree.Root, [.. arguments, "--bind"]);
        Assert.True(bound.ExitCode == 0, bound.ToString());
        Assert.Equal("data", await File.ReadAllTextAsync(Path.Combine(tree.Root, "made.txt")));
        Assert.False(File.Exists(Path.Combine(tree.Root, "removed.txt")));
        Assert.True(File.Exists(Path.Combine(tree.Root, ".github", "workflows", "test.yml")));
        await EngineState.AssertNothingLeftAsync(tree);
    }

    /// <summary>With CML_UPDATE_GOLDENS=1 the file is written instead; read it before committing.</summary>
    private static async Task AssertGoldenAsync(string name, string actual, [CallerFilePath] string source = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(source)!, "Expected", name);
        if (Environment.GetEnvironmentVariable("CML_UPDATE_GOLDENS") == "1")
            await File.WriteAllTextAsync(path, actual);
        Assert.Equal(await File.ReadAllTextAsync(path), actual);
    }

    [GeneratedRegex("""(?<name>"durationMs":)\d+|\d{8}-\d{6}-[0-9a-f]{4}""")]
    private static partial Regex Varying();
}

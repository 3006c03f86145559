using System.Text.Json.Nodes;
using CmlNet.Testing.Docker;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>Every way a run can end early, and that nothing is left behind by any.</summary>
public sealed class InterruptionTests
{
    private const string Workflow =
        """
        name: Long
        on: push
        jobs:
          train:
            runs-on: ubuntu-latest
            steps:
              - name: slow
                run: |
                  trap 'echo "the step got SIGINT"; exit 1' INT
                  echo "training began"
                  i=0; while [ $i -lt 3000 ]; do i=$((i+1)); sleep 0.1; done
              - name: next
                run: echo never
              - name: always
                if: always()
                run: echo "tidied up after ${{ job.status }}"
              - name: on cancel
                if: cancelled()
                run: echo "cancelled it is"
          later:
            needs: train
            runs-on: ubuntu-latest
            steps:
              - run: echo never
        """;

    /// <summary>One job has failed before, one wants to run whatever happened.</summary>
    private const string Last =
        """
        on: push
        jobs:
          fail:
            runs-on: ubuntu-latest
            steps:
              - run: exit 1
          train:
            needs: fail
            if: always()
            runs-on: ubuntu-latest
            steps:
              - name: slow
                run: |
                  echo "training began"
                  exec sleep 300
          tell:
            needs: train
            if: always()
            runs-on: ubuntu-latest
            steps:
              - name: tell
                run: echo "train was ${{ needs.train.result }}"
        """;

    /// <summary>Ignores the polite signals, so that only force ends it; so does its last step.</summary>
    private const string Stubborn =
        """
        on: push
        jobs:
          train:
            runs-on: ubuntu-latest
            steps:
              - name: slow
                run: |
                  trap '' INT TERM
                  echo "training began"
                  while true; do sleep 0.1; done
              - name: always
                if: always()
                run: |
                  trap '' INT TERM
                  echo "tidying began"
                  while true; do sleep 0.1; done
        """;

    [SkippableTheory]
    [InlineData("docker", "INT")]
    [InlineData("docker", "TERM")]
    [InlineData("process", "INT")]
    public async Task Run_SignalInAStep_StepGetsSigintAlwaysStepsRunNothingIsLeft(string engine, string signal)
    {
        using WorkTree tree = await StartAsync(Workflow);
        await using CmlProcess cml = CmlProcess.Start(tree.Root, Arguments(engine));
        await cml.SeesAsync("  training began");
        await cml.SignalAsync(signal);
        CmlResult result = await cml.WaitAsync();

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.Contains("Stopping:", result.Error, StringComparison.Ordinal);
        Assert.Contains("the step got SIGINT", tree.ReadLog("train", "slow"), StringComparison.Ordinal);
        Assert.Contains("tidied up after cancelled", tree.ReadLog("train", "always"), StringComparison.Ordinal);
        Assert.Contains("cancelled it is", tree.ReadLog("train", "on cancel"), StringComparison.Ordinal);
        JsonObject run = tree.ReadRun();
        Assert.Equal(
            ["cancelled", "train cancelled", "slow cancelled", "next skipped", "always success", "on cancel success", "later cancelled"],
            Conclusions(run));
        Assert.True(File.Exists(Path.Combine(tree.LatestRun, "report.html")));
        await EngineState.AssertNothingLeftAsync(tree);
    }

    [SkippableFact]
    public async Task Run_SecondSignal_EndsTheStubbornStepToo()
    {
        using WorkTree tree = await StartAsync(Stubborn);
        await using CmlProcess cml = CmlProcess.Start(tree.Root, Arguments("docker"));
        await cml.SeesAsync("  training began");
        await cml.SignalAsync("INT");
        await cml.SeesAsync("  tidying began");
        await cml.SignalAsync("INT");
        CmlResult result = await cml.WaitAsync();

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.Equal("cancelled", tree.ReadRun()["conclusion"]!.GetValue<string>());
        await EngineState.AssertNothingLeftAsync(tree);
    }

    [SkippableFact]
    public async Task Run_SignalAfterAFailure_IsCancelledAndRunsTheJobThatAlwaysRuns()
    {
        using WorkTree tree = await StartAsync(Last);
        await using CmlProcess cml = CmlProcess.Start(tree.Root, Arguments("docker"));
        await cml.SeesAsync("  training began");
        await cml.SignalAsync("INT");
        CmlResult result = await cml.WaitAsync();

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.Equal("cancelled", tree.ReadRun()["conclusion"]!.GetValue<string>());
        Assert.Contains("train was cancelled", tree.ReadLog("tell", "tell"), StringComparison.Ordinal);
        await EngineState.AssertNothingLeftAsync(tree);
    }

    [SkippableTheory]
    [InlineData("docker")]
    [InlineData("process")]
    public async Task Run_TwoSignalsInAStubbornStep_RunsNothingMoreAndLeavesNothing(string engine)
    {
        using WorkTree tree = await StartAsync(Stubborn);
        await using CmlProcess cml = CmlProcess.Start(tree.Root, Arguments(engine));
        await cml.SeesAsync("  training began");
        await cml.SignalAsync("INT");
        await cml.SeesAsync("Stopping:");
        await cml.SignalAsync("INT");
        CmlResult result = await cml.WaitAsync();

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.DoesNotContain("tidying began", result.Out, StringComparison.Ordinal);
        await EngineState.AssertNothingLeftAsync(tree);
    }

    [SkippableFact]
    public async Task Run_KilledOutright_TheNextRunRemovesWhatItLeft()
    {
        using WorkTree tree = await StartAsync(Workflow);
        string killed;
        int id;
        await using (CmlProcess cml = CmlProcess.Start(tree.Root, Arguments("docker")))
        {
            await cml.SeesAsync("  training began");
            killed = Path.GetFileName(new FileInfo(tree.LatestRun).LinkTarget!);
            id = cml.Id;
            Assert.Contains(TemporaryFoldersOf(id), folder => folder.StartsWith(Path.GetTempPath(), StringComparison.Ordinal));
            Assert.Contains(TemporaryFoldersOf(id), folder => folder.StartsWith("/dev/shm/", StringComparison.Ordinal));
            await cml.SignalAsync("KILL");
            await cml.WaitAsync();
        }

        // Any other run on this machine may have been quicker.
        tree.Write(".github/workflows/test.yml", "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo fine\n");
        CmlResult next = await CmlProcess.RunAsync(tree.Root, Arguments("docker"));

        Assert.True(next.ExitCode == 0, next.ToString());
        Assert.Empty(await EngineState.OfRunAsync(killed));
        Assert.Empty(TemporaryFoldersOf(id));
        await EngineState.AssertNothingLeftAsync(tree);
    }

    [SkippableFact]
    public async Task Run_BesideAnotherRun_LeavesItAlone()
    {
        using WorkTree tree = await StartAsync(Workflow);
        await using CmlProcess first = CmlProcess.Start(tree.Root, Arguments("docker"));
        await first.SeesAsync("  training began");
        using WorkTree other = await StartAsync("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo fine\n");
        for (int i = 0; i < 3; i++)
        {
            CmlResult second = await CmlProcess.RunAsync(other.Root, Arguments("docker"));
            Assert.True(second.ExitCode == 0, second.ToString());
        }

        Assert.NotEmpty(await EngineState.OfRunAsync(Path.GetFileName(new FileInfo(tree.LatestRun).LinkTarget!)));
        await first.SignalAsync("INT");
        CmlResult result = await first.WaitAsync();
        Assert.Contains("the step got SIGINT", tree.ReadLog("train", "slow"), StringComparison.Ordinal);
        Assert.Equal(130, result.ExitCode);
        Assert.Empty(TemporaryFoldersOf(first.Id));
    }

    /// <summary>Its folders for sockets and for what is in memory.</summary>
    private static string[] TemporaryFoldersOf(int process) =>
        [.. new[] { Path.GetTempPath(), "/dev/shm" }.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "owner", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = true }))
            .Where(file => File.ReadAllText(file).Contains($"/{process}/", StringComparison.Ordinal))];

    private static async Task<WorkTree> StartAsync(string workflow)
    {
        CmlBinary.Require();
        await DockerFixture.RequireAsync(TestImages.Python3);
        return await WorkTree.CreateAsync(workflow);
    }

    private static string[] Arguments(string engine) => ["run", "--engine", engine, "--image", $"ubuntu-latest={TestImages.Python3.Name}"];

    private static List<string> Conclusions(JsonObject run) =>
    [
        run["conclusion"]!.GetValue<string>(),
        .. run["jobs"]!.AsArray().SelectMany(job => job!["steps"]!.AsArray().Prepend(job)).Select(item => $"{item!["name"]} {item["conclusion"]}"),
    ];
}

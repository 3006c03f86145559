using CmlNet.Testing.Docker;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>The supervisor as users get it: the published file, mounted into the job's container.</summary>
public sealed class SupervisedRunTests
{
    private const string Workflow = """
        on: push
        jobs:
          one:
            runs-on: ubuntu-latest
            steps:
              - name: parent
                run: tr '\0' ' ' < "/proc/$PPID/cmdline"
              - name: stopped
                timeout-minutes: 0.04
                continue-on-error: true
                run: |
                  trap 'echo asked; exit 1' INT
                  sleep 4242 &
                  echo started
                  while :; do sleep 0.1; done
              - name: gone
                run: |
                  for process in /proc/[0-9]*; do tr '\0' ' ' < "$process/cmdline" 2>/dev/null && echo; done > all.txt
                  grep '^sleep 4242' all.txt || echo "nothing is left"
              - name: killer
                continue-on-error: true
                run: kill -9 "$PPID"; sleep 60
              - name: without
                run: tr '\0' ' ' < "/proc/$PPID/cmdline" | grep -c __supervise || echo "by the engine"
        """;

    [SkippableFact]
    public async Task Run_OnAContainerEngine_StepsAreTheSupervisorsChildrenAreStoppedWholeAndSurviveItsLoss()
    {
        CmlBinary.Require();
        string image = await DockerFixture.RequireAsync(TestImages.Python3);
        using WorkTree tree = await WorkTree.CreateAsync(Workflow);

        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "docker", "--image", $"ubuntu-latest={image}"]);

        Assert.True(result.ExitCode == 0, result.ToString());
        foreach (string line in new[] { "started", "asked", "nothing is left", "by the engine" })
            Assert.Contains($"[one]   {line}\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("cml __supervise /__cml/control/s", result.Out, StringComparison.Ordinal);
        Assert.Contains("The process that runs the job's commands in its container was lost", result.Out + result.Error, StringComparison.Ordinal);
        await EngineState.AssertNothingLeftAsync(tree);
    }
}

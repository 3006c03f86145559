using System.Globalization;
using System.Text.Json.Nodes;

namespace CmlNet.Cli.Tests.Commands.Run;

public sealed class LargeRunTests
{
    private const int Legs = 200;
    private const int StepsPerLeg = 10;

    /// <summary>32 MiB. Each step has 20 KB of log: kept in memory as text, the logs alone would be more than twice that.</summary>
    private const string HeapLimit = "0x2000000";

    [SkippableFact]
    public async Task Run_Of200LegsAnd2000Steps_CompletesInABoundedHeap()
    {
        CmlBinary.Require();
        string steps = string.Concat(Enumerable.Range(0, StepsPerLeg).Select(step => string.Create(CultureInfo.InvariantCulture, $"      - run: echo \"${{{{ matrix.a }}}}-${{{{ matrix.b }}}}-{step} $LONG\"\n")));
        string workflow = $"""
            on: push
            env:
              LONG: "{string.Concat(Enumerable.Repeat("0123456789", 1000))}"
            jobs:
              many:
                runs-on: ubuntu-latest
                strategy:
                  matrix:
                    a: [{string.Join(", ", Enumerable.Range(0, 20))}]
                    b: [{string.Join(", ", Enumerable.Range(0, 10))}]
                steps:

            """;
        using WorkTree tree = await WorkTree.CreateAsync(workflow + steps);

        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "process"], new Dictionary<string, string?>(StringComparer.Ordinal) { ["DOTNET_GCHeapHardLimit"] = HeapLimit });

        Assert.True(result.ExitCode == 0, result.Error);
        JsonArray jobs = tree.ReadRun()["jobs"]!.AsArray();
        Assert.Equal(Legs, jobs.Count);
        Assert.Equal(Legs * StepsPerLeg, jobs.Sum(job => job!["steps"]!.AsArray().Count(step => step!["conclusion"]!.GetValue<string>() == "success")));
        Assert.Contains("19-9-9 0123456789", result.Out, StringComparison.Ordinal);
    }
}

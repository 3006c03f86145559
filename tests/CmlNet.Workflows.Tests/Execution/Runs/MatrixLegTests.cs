using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Tests.Actions;

namespace CmlNet.Workflows.Tests.Execution.Runs;

/// <summary>Legs of one job that run at the same time; they meet by files. As processes.</summary>
public sealed class MatrixLegTests : IDisposable
{
    private readonly string _meeting = Directory.CreateTempSubdirectory("cml-legs-").FullName;

    public void Dispose() => Directory.Delete(_meeting, recursive: true);

    [Fact]
    public async Task FailFast_WhileAnotherLegRuns_CancelsItInTheMiddleOfItsStep()
    {
        using var run = new ActionRun($$$"""
            on: push
            jobs:
              leg:
                runs-on: ubuntu-latest
                timeout-minutes: 2
                strategy:
                  matrix: { kind: [fails, runs] }
                steps:
                  - if: matrix.kind == 'fails'
                    run: until [ -e "{{{_meeting}}}/running" ]; do sleep 0.05; done; exit 1
                  - if: matrix.kind == 'runs'
                    run: touch "{{{_meeting}}}/running"; sleep 3600
                  - run: echo never
                  - if: cancelled()
                    run: touch "{{{_meeting}}}/told-${{ matrix.kind }}"
            """);
        RunRecord record = await run.RunAsync("process", request => request with { MaxParallelJobs = 4 });
        Assert.Equal([("leg (fails)", "failure"), ("leg (runs)", "cancelled")], record.Jobs.Select(job => (job.Name, job.Conclusion)));
        Assert.Equal(["skipped", "cancelled", "skipped", "success"], record.Jobs[1].Steps.Select(step => step.Outcome));
        Assert.True(File.Exists(Path.Combine(_meeting, "told-runs")));
        Assert.False(File.Exists(Path.Combine(_meeting, "told-fails")));
    }

    [Fact]
    public async Task MaxParallel_OfTwo_RunsTwoAtOnceAndNoMore()
    {
        // Each leg notes who is there with it; the first two wait for each other.
        using var run = new ActionRun($$$"""
            on: push
            jobs:
              leg:
                runs-on: ubuntu-latest
                timeout-minutes: 2
                strategy:
                  max-parallel: 2
                  matrix: { n: [1, 2, 3, 4, 5] }
                steps:
                  - run: |
                      cd "{{{_meeting}}}" && mkdir -p in came && touch "in/${{ matrix.n }}" "came/${{ matrix.n }}"
                      until [ "$(ls came | wc -l)" -ge 2 ]; do sleep 0.05; done
                      ls in | wc -l > "seen-${{ matrix.n }}"
                      rm "in/${{ matrix.n }}"
            """);
        RunRecord record = await run.RunAsync("process", request => request with { MaxParallelJobs = 5 });
        run.AssertSucceeded(record);
        int[] seen = [.. Directory.EnumerateFiles(_meeting, "seen-*").Select(file => int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(5, seen.Length);
        Assert.All(seen, count => Assert.InRange(count, 1, 2));
    }
}

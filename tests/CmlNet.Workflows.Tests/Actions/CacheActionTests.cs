using CmlNet.Workflows.Execution.Records;

namespace CmlNet.Workflows.Tests.Actions;

public sealed class CacheActionTests
{
    [SkippableTheory]
    [InlineData("docker")]
    [InlineData("process")]
    public async Task Cache_OfAnEarlierRun_IsRestoredByKeyAndByPrefix(string engine)
    {
        const string Workflow = """
            on: push
            jobs:
              one:
                runs-on: ubuntu-latest
                steps:
                  - uses: actions/checkout@v4
                  - uses: actions/cache@v4
                    id: cache
                    with:
                      path: |
                        ~/.cache/tool
                        data
                      key: tool-${{ hashFiles('req*.txt') }}
                      restore-keys: tool-
                  - run: |
                      echo "hit=${{ steps.cache.outputs.cache-hit }} old=$(cat ~/.cache/tool/x data/y 2>/dev/null | tr '\n' ' ')"
                      mkdir -p ~/.cache/tool data
                      cp req.txt ~/.cache/tool/x; cp req.txt data/y
            """;
        using var run = new ActionRun(Workflow, ("req.txt", "first"));
        RunRecord first = await run.RunAsync(engine);
        run.AssertSucceeded(first);
        string script = first.Jobs[0].Steps[2].Name;
        Assert.Contains("\nhit= old=\n", run.Log(first, script), StringComparison.Ordinal);
        Assert.Contains("Cache saved with key: tool-", run.Log(first, "Post Run actions/cache@v4"), StringComparison.Ordinal);

        RunRecord second = await run.RunAsync(engine);
        run.AssertSucceeded(second);
        Assert.Contains("\nhit=true old=firstfirst\n", run.Log(second, second.Jobs[0].Steps[2].Name).Replace(" \n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(second.Jobs[0].Steps, step => step.Name.StartsWith("Post", StringComparison.Ordinal));

        run.Change(("req.txt", "second"));
        RunRecord third = await run.RunAsync(engine);
        run.AssertSucceeded(third);
        Assert.Contains("\nhit=false old=firstfirst\n", run.Log(third, third.Jobs[0].Steps[2].Name).Replace(" \n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Cache saved with key: tool-", run.Log(third, "Post Run actions/cache@v4"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Cache_OfAFailedJob_IsNotSaved()
    {
        using var run = new ActionRun(ActionRun.OneJob("""
            - uses: actions/cache@v4
              with: { path: data, key: k }
            - run: mkdir data && echo 1 > data/x && exit 1
            """));
        RunRecord record = await run.RunAsync("process");
        Assert.Equal(Conclusions.Failure, record.Conclusion);
        Assert.Equal(Conclusions.Skipped, record.Jobs[0].Steps[^1].Conclusion);
        Assert.False(Directory.Exists(Path.Combine(run.Root, ".cml", "cache")));
    }

    [SkippableFact]
    public async Task SaveAndRestore_AsStepsOfTheirOwn_WorkAtOnce()
    {
        using var run = new ActionRun(ActionRun.OneJob("""
            - run: mkdir data && echo 1 > data/x
            - uses: actions/cache/save@v4
              with: { path: data, key: k }
            - run: rm -r data
            - uses: actions/cache/restore@v4
              id: r
              with: { path: data, key: k, fail-on-cache-miss: true }
            - run: test "$(cat data/x)" = 1 && test "${{ steps.r.outputs.cache-matched-key }}" = k
            - uses: actions/cache/restore@v4
              with: { path: data, key: other, fail-on-cache-miss: true }
            """));
        RunRecord record = await run.RunAsync("process");
        Assert.Equal(["success", "success", "success", "success", "success", "failure"], record.Jobs[0].Steps.Select(step => step.Conclusion));
        Assert.Contains(record.Jobs[0].Annotations, annotation => annotation.Message.StartsWith("Failed to restore cache entry.", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Posts_OfStepsAndOfComposites_ComeInReverse()
    {
        using var run = new ActionRun(
            ActionRun.OneJob("""
                - uses: actions/cache@v4
                  name: First
                  with: { path: a, key: a }
                - uses: ./act
                - run: mkdir a b c && touch a/1 b/1 c/1
                """),
            ("act/action.yml", """
                runs:
                  using: composite
                  steps:
                    - { uses: actions/cache@v4, with: { path: b, key: b } }
                    - { uses: actions/cache@v4, with: { path: c, key: c } }
                    - { uses: actions/cache@v4, if: 'false', with: { path: d, key: d } }
                """));
        RunRecord record = await run.RunAsync("process");
        run.AssertSucceeded(record);
        Assert.Equal(["Post Run ./act", "Post First"], record.Jobs[0].Steps.Skip(3).Select(step => step.Name));
        string log = run.Log(record, "Post Run ./act");
        Assert.True(log.IndexOf("key: c", StringComparison.Ordinal) is >= 0 and var c && c < log.IndexOf("key: b", StringComparison.Ordinal), log);
        Assert.DoesNotContain("key: d", log, StringComparison.Ordinal);
    }
}

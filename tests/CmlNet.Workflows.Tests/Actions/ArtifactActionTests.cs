using CmlNet.Workflows.Execution.Records;

namespace CmlNet.Workflows.Tests.Actions;

public sealed class ArtifactActionTests
{
    [SkippableTheory]
    [InlineData("docker")]
    [InlineData("process")]
    public async Task Artifact_OfOneJob_IsThereInTheNext(string engine)
    {
        using var run = new ActionRun("""
            on: push
            jobs:
              make:
                runs-on: ubuntu-latest
                steps:
                  - run: mkdir -p out/deep && echo 1 > out/a.txt && echo 2 > out/deep/b.txt && echo 3 > out/c.log && echo h > out/.hidden
                  - uses: actions/upload-artifact@v4
                    id: up
                    with: { name: model, path: "out\n!out/**/*.log", retention-days: 3 }
                  - uses: actions/upload-artifact@v4
                    with: { name: one, path: out/c.log }
                  - run: test -n "${{ steps.up.outputs.artifact-id }}"
              use:
                needs: make
                runs-on: ubuntu-latest
                steps:
                  - uses: actions/download-artifact@v4
                    id: down
                    with: { name: model, path: got }
                  - run: |
                      test "$(cat got/a.txt got/deep/b.txt)" = "$(printf '1\n2')"
                      test ! -e got/c.log && test ! -e got/.hidden
                      test "${{ steps.down.outputs.download-path }}" = "$GITHUB_WORKSPACE/got"
                  - uses: actions/download-artifact@v4
                    with: { path: all, pattern: 'o*' }
                  - run: test "$(cat all/one/c.log)" = 3 && test ! -e all/model
                  - uses: actions/download-artifact@v4
                    with: { path: merged, merge-multiple: true }
                  - run: test -e merged/c.log && test -e merged/deep/b.txt
            """);
        RunRecord record = await run.RunAsync(engine);
        run.AssertSucceeded(record);
        Assert.Equal(
            ["model/a.txt", "model/deep/b.txt", "one/c.log"],
            Directory.EnumerateFiles(Path.Combine(run.Directory, "artifacts"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Path.Combine(run.Directory, "artifacts"), file)).Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [InlineData("{ name: again, path: a.txt }", "already exists on this workflow run")]
    [InlineData("{ name: '../up', path: a.txt }", "The artifact name is not valid")]
    [InlineData("{ name: '..', path: a.txt }", "The artifact name is not valid")]
    [InlineData("{ name: new, path: none.txt, if-no-files-found: error }", "No files were found with the provided path: none.txt.")]
    [InlineData("{ name: new, path: ../../../../../etc/passwd }", "is in the image")]
    [InlineData("{ name: new, path: links }", "'links/away' cannot be read: it is a link to /etc/passwd, which is not in the workspace")]
    [InlineData("{ name: new, path: links/folder/passwd }", "'links/folder/passwd' cannot be read: it is a link to /etc, which is not in the workspace")]
    [InlineData("{ name: new, path: links/circle }", "'links/circle' cannot be read: it is a link that leads in a circle")]
    public async Task Upload_ThatCannotBe_FailsWithTheReason(string with, string message)
    {
        using var run = new ActionRun(ActionRun.OneJob($"""
            - run: echo 1 > a.txt && mkdir links && ln -s /etc/passwd links/away && ln -s /etc links/folder && ln -s circle links/circle
            - uses: actions/upload-artifact@v4
              with: {"{ name: again, path: a.txt }"}
            - uses: actions/upload-artifact@v4
              with: {with}
            """));
        RunRecord record = await run.RunAsync("process");
        Assert.Equal(Conclusions.Failure, record.Conclusion);
        Assert.Contains(record.Jobs[0].Annotations, annotation => annotation.Message.Contains(message, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("docker")]
    [InlineData("process")]
    public async Task Upload_Links_AreFollowedInsideTheJob(string engine)
    {
        using var run = new ActionRun(ActionRun.OneJob("""
            - run: |
                mkdir -p real/sub out && echo 1 > real/a && echo 2 > real/sub/b && echo 3 > "$RUNNER_TEMP/c"
                ln -s ../real out/folder && ln -s folder/sub/b out/far && ln -s "$GITHUB_WORKSPACE/out/far" out/absolute
                ln -s "$RUNNER_TEMP/c" out/temporary && ln -s . out/loop && ln -s ../out real/sub/up && ln -s gone out/broken && ln -s /etc out/.hidden
            - uses: actions/upload-artifact@v4
              with: { name: x, path: out }
            """));
        RunRecord record = await run.RunAsync(engine);
        run.AssertSucceeded(record);
        string folder = Path.Combine(run.Directory, "artifacts", "x");
        Assert.Equal(
            ["absolute=2", "far=2", "folder/a=1", "folder/sub/b=2", "temporary=3"],
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{Path.GetRelativePath(folder, file)}={File.ReadAllText(file).Trim()}"));
        Assert.Contains("##[warning]The link 'out/broken' is not uploaded: it leads to nothing.", run.Log(record, "Run actions/upload-artifact@v4"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Download_OverALinkOfTheJob_WritesNothing()
    {
        string outside = Directory.CreateTempSubdirectory("cml-outside-").FullName;
        using var run = new ActionRun(ActionRun.OneJob($"""
            - run: echo 1 > a.txt && ln -s {outside} way
            - uses: actions/upload-artifact@v4
              with: {"{ name: x, path: a.txt }"}
            - uses: actions/download-artifact@v4
              with: {"{ name: x, path: way/in }"}
            """));
        RunRecord record = await run.RunAsync("process");
        Assert.Equal(Conclusions.Failure, record.Conclusion);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
        Directory.Delete(outside);
    }
}

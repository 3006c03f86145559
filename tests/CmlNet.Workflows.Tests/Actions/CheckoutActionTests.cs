using CmlNet.Workflows.Actions.Checkout;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Tests.Execution.Events;

namespace CmlNet.Workflows.Tests.Actions;

public sealed class CheckoutActionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-checkout-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("docker")]
    [InlineData("process")]
    public async Task Second_IntoTheSameFolder_RemovesWhatTheJobMadeAndKeepsTheUsersData(string engine)
    {
        using var run = new ActionRun(
            ActionRun.OneJob("""
                - run: touch early
                - uses: actions/checkout@v4
                - run: test ! -e early && test -e data.bin && test -e new.txt
                - run: |
                    mkdir -p made/deep data.d/x && touch made/deep/file junk .git/hooks/post-checkout
                    echo changed > a.txt; echo changed > data.bin
                    ln -s /etc away; rm new.txt && mkdir new.txt && touch new.txt/in
                - uses: actions/checkout@v4
                  name: again
                - run: |
                    test "$(cat a.txt data.bin new.txt)" = "$(printf 'a\ndata\nnew')"
                    test ! -e made && test ! -e junk && test ! -L away && test ! -e data.d && test ! -e .git/hooks/post-checkout
                    test -e /etc/passwd
                - run: echo changed > a.txt; touch stays
                - uses: actions/checkout@v4
                  with: { clean: false }
                - run: test "$(cat a.txt)" = a && test -e stays
                """),
            ("a.txt", "a\n"), (".gitignore", "*.bin\n"));
        // Ignored, and not committed.
        await File.WriteAllTextAsync(Path.Combine(run.Root, "data.bin"), "data\n");
        await File.WriteAllTextAsync(Path.Combine(run.Root, "new.txt"), "new\n");
        RunRecord record = await run.RunAsync(engine);
        run.AssertSucceeded(record);
        Assert.Contains("Removed what is not in the tree to check out: 6 files and folders.", run.Log(record, "again"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run.Root, "data.bin")));
    }

    [Fact]
    public async Task AnotherCommit_InAFolderThatIsThere_LeavesOnlyThatCommit()
    {
        using var run = new ActionRun(
            ActionRun.OneJob("""
                - uses: actions/checkout@v4
                - run: mkdir old && touch old/junk
                - uses: actions/checkout@v4
                  with: { ref: 'HEAD~1', path: old, clean: false }
                - run: test "$(ls old)" = a.txt && cd old && test "$(cat a.txt)" = first && test "$(git status --short)" = ""
                """),
            ("a.txt", "first\n"));
        run.Change(("a.txt", "second\n"));
        run.AssertSucceeded(await run.RunAsync("process"));
    }

    [SkippableFact]
    public async Task Second_WhereTheJobCannotBeHeld_HasTheJobRemoveAndSaysSo()
    {
        using var run = new ActionRun(ActionRun.OneJob("""
            - uses: actions/checkout@v4
            - run: mkdir -p made/deep && touch made/deep/file junk
            - uses: actions/checkout@v4
              name: again
            - run: test ! -e made && test ! -e junk && test -e a.txt
            """), ("a.txt", "a\n"));
        UnheldEngine? engine = null;
        RunRecord record = await run.RunAsync("docker", around: inner => engine = new UnheldEngine(inner));
        run.AssertSucceeded(record);
        string log = run.Log(record, "again");
        Assert.Contains("##[warning]What earlier steps left running goes on while files of the job are read and written", log, StringComparison.Ordinal);
        Assert.Contains("Had the job remove what is not in the tree to check out: 2 files and folders.", log, StringComparison.Ordinal);
        // Not null: the run asked for it.
        IReadOnlyList<string> removal = Assert.Single(engine!.Commands, command => command is ["rm", "-rf", "--", ..] && command.Contains("/__w/hello/hello/junk"));
        Assert.Equal(["/__w/hello/hello/junk", "/__w/hello/hello/made"], removal.Skip(3).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void OtherFiles_BesideAVolume_AreRemovedAndTheVolumeStays()
    {
        string source = Directory.CreateDirectory(Path.Combine(_folder, "source")).FullName;
        string target = Directory.CreateDirectory(Path.Combine(_folder, "target", "data", "volume")).Parent!.Parent!.FullName;
        File.WriteAllText(Path.Combine(target, "data", "volume", "user"), "");
        File.WriteAllText(Path.Combine(target, "data", "junk"), "");
        Directory.CreateDirectory(Path.Combine(source, ".cml"));
        Directory.CreateDirectory(Path.Combine(target, ".cml"));
        var others = new OtherFiles(source, hasGit: true, [Path.Combine(target, "data", "volume")]);
        Assert.Equal(2, others.Remove(target, CancellationToken.None));
        Assert.Equal(["data", "data/volume", "data/volume/user"], Directory.EnumerateFileSystemEntries(target, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(target, path)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("true", "test -e lib/lib.txt && test ! -e lib/deep/deep.txt")]
    [InlineData("recursive", "test -e lib/lib.txt && test -e lib/deep/deep.txt && test \"$(git -C lib/deep log --format=%s)\" = Deep")]
    [InlineData("false", "test ! -e lib/lib.txt")]
    public async Task AnotherCommit_WithSubmodules_HasThoseOfThisMachine(string submodules, string check)
    {
        using ActionRun run = WithSubmodule($"- uses: actions/checkout@v4\n  with: {{ ref: before, submodules: {submodules} }}\n- run: test ! -e later && {check}");
        run.Git("submodule", "--quiet", "deinit", "--force", "--all");
        run.AssertSucceeded(await run.RunAsync("process"));
    }

    [Fact]
    public async Task Submodule_ThatIsNotOnThisMachine_IsAnErrorThatNamesIt()
    {
        using ActionRun run = WithSubmodule("- uses: actions/checkout@v4\n  name: tree\n  with: { submodules: true }\n- uses: actions/checkout@v4\n  name: commit\n  if: always()\n  with: { ref: before, submodules: true }");
        run.AssertSucceeded(await run.RunAsync("process"));
        run.Git("submodule", "--quiet", "deinit", "--force", "--all");
        Directory.Delete(Path.Combine(run.Root, ".git", "modules"), recursive: true);
        RunRecord record = await run.RunAsync("process");
        Assert.Equal(
            ["The submodule 'lib' is not in the work tree: run git submodule update --init --recursive in the repository first.", "The submodule 'lib' is not on this machine: run git submodule update --init --recursive in the repository first."],
            record.Jobs[0].Annotations.Select(annotation => annotation.Message));
    }

    [Theory]
    [InlineData("*.bin filter=lfs diff=lfs merge=lfs -text\n", false)]
    [InlineData("*.bin binary\n", true)]
    public async Task LargeFiles_OfAnotherCommit_AreRefusedWhereThereAreAny(string attributes, bool succeeds)
    {
        using var run = new ActionRun(ActionRun.OneJob("- uses: actions/checkout@v4\n  with: { ref: 'HEAD~1', lfs: true }"), ("data/.gitattributes", attributes));
        run.Change(("later", ""));
        RunRecord record = await run.RunAsync("process");
        if (succeeds)
            run.AssertSucceeded(record);
        else
            Assert.StartsWith("actions/checkout with 'lfs' of another commit or repository is not supported by cml run", Assert.Single(record.Jobs[0].Annotations).Message, StringComparison.Ordinal);
    }

    /// <summary>A repository with a submodule that has one itself; its tag <c>before</c> is not the current commit.</summary>
    private static ActionRun WithSubmodule(string steps)
    {
        using var deep = new TemporaryRepository("deep");
        deep.Commit("Deep", ("deep.txt", "deep\n"));
        using var lib = new TemporaryRepository("lib");
        lib.Commit("Lib", ("lib.txt", "lib\n"));
        lib.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", deep.Root, "deep");
        lib.Commit("Deep in lib");
        var run = new ActionRun(ActionRun.OneJob(steps));
        run.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", lib.Root, "lib");
        run.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init", "--recursive");
        run.Change();
        run.Git("tag", "before");
        run.Change(("later", ""));
        return run;
    }
}

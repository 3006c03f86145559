using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Tests.Execution.Runs;

namespace CmlNet.Workflows.Tests.Actions;

/// <summary>JavaScript actions, as processes: the machine's own Node runs them.</summary>
public sealed class NodeActionTests
{
    private const string Manifest = """
        inputs: { 'a b': { default: 'x${{ runner.os }}' } }
        runs: { using: node20, pre: pre.js, main: dist/main.js, post: post.js }
        """;

    private const string Main = """
        const fs = require('fs');
        console.log(`main ${process.env['INPUT_A_B']} pre=${process.env['STATE_from']} path=${__dirname === process.env.GITHUB_ACTION_PATH + '/dist'} repo=${process.env.GITHUB_ACTION_REPOSITORY}@${process.env.GITHUB_ACTION_REF}`);
        fs.appendFileSync(process.env.GITHUB_OUTPUT, 'done=yes\n');
        fs.appendFileSync(process.env.GITHUB_STATE, 'mark=42\n');
        console.log('::warning::careful');
        """;

    [SkippableFact]
    public async Task Local_WithPost_KeepsItsStateAndHasNoPre()
    {
        Skip.IfNot(HasNode(), "There is no node on this machine.");
        using var run = new ActionRun(
            ActionRun.OneJob("""
                - id: js
                  uses: ./js
                  with: { a b: given }
                - run: test "${{ steps.js.outputs.done }}" = yes && exit 1
                """),
            ("js/action.yml", Manifest), ("js/dist/main.js", Main), ("js/post.js", "console.log(`post ${process.env.STATE_mark} ${process.env['INPUT_A_B']} ${process.env.GITHUB_ACTION}`)"));
        RunRecord record = await run.RunAsync("process");
        Assert.Equal("Run ./js: success success\nPost Run ./js: success success", string.Join('\n', ActionRun.Describe(record).Split('\n').Where(line => line.Contains("./js", StringComparison.Ordinal))));
        string log = run.Log(record, "Run ./js");
        Assert.Contains("main given pre=undefined path=true", log, StringComparison.Ordinal);
        Assert.Contains("`pre` execution is not supported for local action", log, StringComparison.Ordinal);
        Assert.Contains("post 42 given js", run.Log(record, "Post Run ./js"), StringComparison.Ordinal);
        Assert.Contains(record.Jobs[0].Annotations, annotation => annotation.Message == "careful");
    }

    [SkippableFact]
    public async Task Mirrored_WithPre_RunsItBeforeTheFirstStep()
    {
        Skip.IfNot(HasNode(), "There is no node on this machine.");
        string mirror = Directory.CreateTempSubdirectory("cml-mirror-").FullName;
        Directory.CreateDirectory(Path.Combine(mirror, "sub", "dist"));
        await File.WriteAllTextAsync(Path.Combine(mirror, "sub", "action.yml"), Manifest);
        await File.WriteAllTextAsync(Path.Combine(mirror, "sub", "dist", "main.js"), Main);
        await File.WriteAllTextAsync(Path.Combine(mirror, "sub", "pre.js"), "console.log(`pre of ${process.env.GITHUB_ACTION}`); require('fs').appendFileSync(process.env.GITHUB_STATE, 'from=pre\\n')");
        await File.WriteAllTextAsync(Path.Combine(mirror, "sub", "post.js"), "console.log(`post ${process.env.STATE_mark} ${process.env.STATE_from} of ${process.env.GITHUB_ACTION}`)");
        using var run = new ActionRun(ActionRun.OneJob("- run: echo first\n- uses: acme/act/sub@v1"));
        RunRecord record = await run.RunAsync("process", request => request with { ActionMirrors = new Dictionary<string, string>(StringComparer.Ordinal) { ["acme/act@v1"] = mirror } });
        run.AssertSucceeded(record);
        Assert.Equal(["Pre Run acme/act/sub@v1", "Run echo first", "Run acme/act/sub@v1", "Post Run acme/act/sub@v1"], record.Jobs[0].Steps.Select(step => step.Name));
        Assert.Contains("main xLinux pre=pre path=true repo=acme/act@v1", run.Log(record, "Run acme/act/sub@v1"), StringComparison.Ordinal);
        Assert.Contains("pre of __acme_act\n", run.Log(record, "Pre Run acme/act/sub@v1"), StringComparison.Ordinal);
        Assert.Contains("post 42 pre of __acme_act\n", run.Log(record, "Post Run acme/act/sub@v1"), StringComparison.Ordinal);
        Directory.Delete(mirror, recursive: true);
    }

    [SkippableFact]
    public async Task Cancelled_InTheFirstPre_AlwaysStepsAndWhatItRegisteredStillRun()
    {
        Skip.IfNot(HasNode(), "There is no node on this machine.");
        string mirror = Directory.CreateTempSubdirectory("cml-mirror-").FullName;
        await File.WriteAllTextAsync(Path.Combine(mirror, "action.yml"), "runs: { using: node20, pre: pre.js, main: main.js, post: post.js }");
        await File.WriteAllTextAsync(Path.Combine(mirror, "pre.js"), "console.log('waiting')");
        await File.WriteAllTextAsync(Path.Combine(mirror, "main.js"), "console.log('main')");
        await File.WriteAllTextAsync(Path.Combine(mirror, "post.js"), "console.log('post')");
        using var cancel = new CancellationTokenSource();
        using var scene = new RunScene
        {
            ActionMirrors = new Dictionary<string, string>(StringComparer.Ordinal) { ["acme/act@v1"] = mirror },
            OnEvent = happened =>
            {
                if (happened is StepOutput { Line: "waiting" })
                    cancel.Cancel();
            },
        };

        RunRecord record = await scene.RunAsync("on: push\njobs:\n  a:\n    runs-on: python\n    steps:\n      - { uses: acme/act@v1, name: one }\n      - { uses: acme/act@v1, name: two }\n      - { if: cancelled(), run: echo last }\n", "process", cancel.Token);

        Assert.Equal(Conclusions.Cancelled, record.Conclusion);
        Assert.Equal(
            ["Pre one success", "Pre two success", "one skipped", "two skipped", "Run echo last success", "Post two success", "Post one success"],
            record.Jobs[0].Steps.Select(step => $"{step.Name} {step.Outcome}"));
        Assert.Equal(["last", "post", "post"], scene.Observer.Lines.Where(line => line is "last" or "main" or "post"));
        Directory.Delete(mirror, recursive: true);
    }

    [SkippableFact]
    public async Task Local_InAnImageWithoutNode_TakesTheOneThatIsNamed()
    {
        using var run = new ActionRun(
            ActionRun.OneJob("- uses: ./js"),
            ("js/action.yml", Manifest), ("js/dist/main.js", Main), ("js/post.js", ""),
            ("fake/node", "#!/bin/sh\n[ \"$1\" = --version ] && echo v20.0.0 || echo \"ran $1\"\n"));
        string node = Path.Combine(run.Root, "fake", "node");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(node, (UnixFileMode)0b111_101_101);
        RunRecord record = await run.RunAsync("docker", request => request with { NodeProgram = node });
        run.AssertSucceeded(record);
        Assert.Contains("ran /__w/hello/hello/js/dist/main.js", run.Log(record, "Run ./js"), StringComparison.Ordinal);
        Assert.Contains("ran /__w/hello/hello/js/post.js", run.Log(record, "Post Run ./js"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Local_WithTheFolderOfARunner_TakesTheOneThatStartsInTheImageAndCannotBeWrittenTo()
    {
        using var run = new ActionRun(
            ActionRun.OneJob("""
                - uses: ./js
                - run: echo x > /__e/1/node && exit 1 || echo "cannot be written"
                """),
            ("js/action.yml", "runs: { using: node20, main: main.js }"), ("js/main.js", ""),
            ("runner/externals/node24/bin/node", "#!/no/such/loader\n"),
            ("runner/externals/node20_alpine/bin/node", "#!/bin/sh\n[ \"$1\" = --version ] && echo v20.0.0 || echo \"ran $0\"\n"));
        if (!OperatingSystem.IsWindows())
        {
            foreach (string name in new[] { "node24", "node20_alpine" })
                File.SetUnixFileMode(Path.Combine(run.Root, "runner", "externals", name, "bin", "node"), (UnixFileMode)0b111_101_101);
        }
        RunRecord record = await run.RunAsync("docker", request => request with { NodeProgram = Path.Combine(run.Root, "runner") });
        run.AssertSucceeded(record);
        Assert.Contains("ran /__e/1/node", run.Log(record, "Run ./js"), StringComparison.Ordinal);
    }

    private static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "node")));
}

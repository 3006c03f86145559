using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Tests.Execution.Runs;

namespace CmlNet.Workflows.Tests.Actions;

public sealed class CompositeActionTests
{
    [Fact]
    public async Task Cancelled_InsideACompositeAction_ItsAlwaysStepsStillRunAndTheOthersDoNot()
    {
        using var scene = new RunScene();
        scene.Write("act/action.yml", """
            runs:
              using: composite
              steps:
                - { shell: sh, run: "echo waiting; while :; do sleep 0.1; done" }
                - { shell: sh, run: echo never }
                - { shell: sh, if: failure(), run: echo not failed }
                - { shell: sh, if: always(), run: echo cleaned }
                - { shell: sh, if: cancelled(), run: echo told }
            """);
        using var cancel = new CancellationTokenSource();
        scene.OnEvent = happened =>
        {
            if (happened is StepOutput { Line: "waiting" })
                cancel.Cancel();
        };

        RunRecord record = await scene.RunAsync("on: push\njobs:\n  a:\n    runs-on: python\n    steps:\n      - uses: ./act\n      - run: echo later\n      - { if: always(), run: echo last }\n", "process", cancel.Token);

        Assert.Equal(Conclusions.Cancelled, record.Conclusion);
        Assert.Equal(["cancelled", "skipped", "success"], record.Jobs[0].Steps.Select(step => step.Outcome));
        Assert.Equal(["cleaned", "told", "last"], scene.Observer.Lines.Where(line => line is "never" or "not failed" or "cleaned" or "told" or "later" or "last"));
    }

    private const string Greet = """
        name: Greet
        inputs:
          who: { default: world, description: Whom }
          must: { required: true }
        outputs:
          text: { value: '${{ steps.make.outputs.text }}' }
        runs:
          using: composite
          steps:
            - id: make
              shell: bash
              env: { OWN: 'inner' }
              run: |
                echo "text=hello ${{ inputs.who }} $OUTER $OWN" >> "$GITHUB_OUTPUT"
                echo "path: $GITHUB_ACTION_PATH"
                test -f "$GITHUB_ACTION_PATH/action.yml"
                echo "FROM_ACTION=set" >> "$GITHUB_ENV"
            - shell: bash
              run: echo "outer sees '${{ steps.outside.outputs.x }}', status ${{ github.action_status }}"
        """;

    [SkippableTheory]
    [InlineData("docker")]
    [InlineData("process")]
    public async Task Local_WithInputsAndOutputs_HasScopesOfItsOwn(string engine)
    {
        using var run = new ActionRun(
            ActionRun.OneJob("""
                - id: outside
                  run: echo x=1 >> "$GITHUB_OUTPUT"
                - id: greet
                  name: Greet
                  uses: ./.github/actions/greet
                  env: { OUTER: outer }
                  with: { WHO: Ada, odd: 1 }
                - run: |
                    test "${{ steps.greet.outputs.text }}" = "hello Ada outer inner"
                    test "$FROM_ACTION" = set
                    test -z "${{ steps.make.outputs.text }}"
                """),
            (".github/actions/greet/action.yml", Greet));
        RunRecord record = await run.RunAsync(engine);
        run.AssertSucceeded(record);
        string log = run.Log(record, "Greet");
        Assert.Contains("Unexpected input(s) 'odd', valid inputs are ['who', 'must']", log, StringComparison.Ordinal);
        Assert.Contains("Input required and not supplied: must", log, StringComparison.Ordinal);
        Assert.Contains("outer sees '', status success", log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Step_ThatFails_SkipsThoseAfterItButNotAlwaysAndFailure()
    {
        using var run = new ActionRun(
            ActionRun.OneJob("""
                - id: bad
                  uses: ./act
                  continue-on-error: true
                - run: |
                    test "${{ steps.bad.outcome }}" = failure
                    test "${{ steps.bad.conclusion }}" = success
                    test "${{ steps.bad.outputs.seen }}" = "yes failure"
                """),
            ("act/action.yaml", """
                outputs: { seen: { value: '${{ steps.late.outputs.seen }} ${{ steps.fail.outcome }}' } }
                runs:
                  using: composite
                  steps:
                    - { id: soft, shell: sh, run: exit 4, continue-on-error: true }
                    - { id: fail, shell: sh, run: exit 3 }
                    - { shell: sh, run: echo not-here }
                    - { id: late, if: failure(), shell: sh, run: echo seen=yes >> "$GITHUB_OUTPUT" }
                    - { if: always(), shell: sh, run: echo always-here }
                """));
        RunRecord record = await run.RunAsync("process");
        run.AssertSucceeded(record);
        string log = run.Log(record, "Run ./act");
        Assert.DoesNotContain("not-here", log, StringComparison.Ordinal);
        Assert.Contains("always-here", log, StringComparison.Ordinal);
        Assert.Single(record.Jobs[0].Annotations, annotation => annotation.Message == "Process completed with exit code 3.");
    }

    [SkippableFact]
    public async Task Nested_ThatCallsItself_StopsAtTheLimit()
    {
        using var run = new ActionRun(
            ActionRun.OneJob("- uses: ./act"),
            ("act/action.yml", "runs:\n  using: composite\n  steps:\n    - uses: ./act\n"));
        RunRecord record = await run.RunAsync("process");
        Assert.Equal(Conclusions.Failure, record.Conclusion);
        Assert.Contains(record.Jobs[0].Annotations, annotation => annotation.Message == "Composite action depth exceeded max depth 9");
    }

    [SkippableFact]
    public async Task Uses_OfAMissingAction_SaysWhereItLooked()
    {
        using var run = new ActionRun(ActionRun.OneJob("- uses: ./nowhere"));
        RunRecord record = await run.RunAsync("process");
        Assert.Contains(record.Jobs[0].Annotations, annotation => annotation.Message.StartsWith("Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("runs: { using: composite, steps: [ { run: x } ] }", "Required property is missing: shell")]
    [InlineData("runs: { using: composite, steps: [ { run: 'echo ${{ secrets.X }}', shell: sh } ] }", "Unrecognized named-value: 'secrets'")]
    [InlineData("runs: { using: rust, main: x }", "'using: rust' is not supported")]
    public async Task Manifest_WithAnError_IsRefusedBeforeAnythingRuns(string manifest, string message)
    {
        using var run = new ActionRun(ActionRun.OneJob("- uses: ./act"), ("act/action.yml", manifest));
        InvalidRunException refused = await Assert.ThrowsAsync<InvalidRunException>(() => run.RunAsync("process"));
        Assert.Contains("act/action.yml", refused.Message, StringComparison.Ordinal);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Folder_BehindALink_IsNotFollowed()
    {
        using var run = new ActionRun(ActionRun.OneJob("""
            - run: |
                mkdir -p real && printf 'runs:\n  using: composite\n  steps: []\n' > real/action.yml && ln -s real link
            - uses: ./link
            """));
        RunRecord record = await run.RunAsync("process");
        Assert.Contains(record.Jobs[0].Annotations, annotation => annotation.Message.Contains("links are not followed", StringComparison.Ordinal));
    }
}

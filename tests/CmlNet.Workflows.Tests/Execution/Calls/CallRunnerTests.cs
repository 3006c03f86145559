using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Tests.Execution.Runs;

namespace CmlNet.Workflows.Tests.Execution.Calls;

public sealed class CallRunnerTests : IDisposable
{
    private readonly RunScene _scene = new() { Secrets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["KEY"] = "k3y-of-test", ["GITHUB_TOKEN"] = "t0ken-of-test" } };

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Call_InputsSecretsOutputsAndNeeds_CrossTheCall()
    {
        _scene.Write(".github/workflows/train.yml", """
            on:
              workflow_call:
                inputs:
                  rounds: { type: number, required: true }
                  dry: { type: boolean, default: true }
                  label: { type: string }
                secrets:
                  PASSWORD: { required: true }
                outputs:
                  score: { value: "${{ jobs.fit.outputs.score }}" }
            jobs:
              fit:
                runs-on: python
                outputs: { score: "${{ steps.s.outputs.score }}" }
                steps:
                  - id: s
                    run: |
                      echo "rounds ${{ inputs.rounds == 3 }} dry ${{ inputs.dry == true }} label '${{ inputs.label }}' env '$FROM_CALLER'"
                      echo "password ${{ secrets.PASSWORD == 'x-k3y-of-test' }} ${{ secrets.PASSWORD }} key '${{ secrets.KEY }}' token ${{ secrets.GITHUB_TOKEN != '' }}"
                      echo "score=${{ inputs.rounds }}7" >> "$GITHUB_OUTPUT"
              inner:
                needs: fit
                uses: ./.github/workflows/inner.yml
                secrets: inherit
            """);
        _scene.Write(".github/workflows/inner.yml", """
            on: workflow_call
            jobs:
              check:
                runs-on: python
                steps:
                  - run: echo "inherited ${{ secrets.PASSWORD != '' }}"
            """);

        RunRecord run = await _scene.RunAsync(
            """
            on: push
            env: { FROM_CALLER: seen }
            jobs:
              train:
                strategy: { matrix: { rounds: [3] } }
                uses: ./.github/workflows/train.yml
                with: { rounds: "${{ matrix.rounds }}" }
                secrets: { PASSWORD: "x-${{ secrets.KEY }}" }
              report:
                needs: train
                runs-on: python
                steps:
                  - run: echo "score is ${{ needs.train.outputs.score }}, ${{ needs.train.result }}"
            """,
            "process");

        Assert.True(run.Conclusion == Conclusions.Success, _scene.Log);
        Assert.Equal(["train (3) / fit", "train (3) / inner / check", "report"], run.Jobs.Select(job => job.Name));
        Assert.Contains("rounds true dry true label '' env ''", _scene.Observer.Lines);
        Assert.Contains("password true *** key '' token true", _scene.Observer.Lines);
        Assert.Contains("inherited true", _scene.Observer.Lines);
        Assert.Contains("score is 37, success", _scene.Observer.Lines);
        Assert.Equal(3, run.Jobs.SelectMany(job => job.Steps).Select(step => step.Log).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Call_CalledJobFails_TheCallerFailsAndItsDependantsAreSkipped()
    {
        _scene.Write(".github/workflows/bad.yml", "on: workflow_call\njobs:\n  b:\n    runs-on: python\n    steps:\n      - run: exit 3\n");

        RunRecord run = await _scene.RunAsync(
            """
            on: push
            jobs:
              a: { uses: ./.github/workflows/bad.yml }
              after: { needs: a, runs-on: python, steps: [ { run: echo never } ] }
              always: { needs: a, if: always(), runs-on: python, steps: [ { run: "echo a was ${{ needs.a.result }}" } ] }
            """,
            "process");

        Assert.Equal(Conclusions.Failure, run.Conclusion);
        Assert.Equal([("a / b", "failure"), ("after", "skipped"), ("always", "success")], run.Jobs.Select(job => (job.Name, job.Conclusion)));
        Assert.Contains("a was failure", _scene.Observer.Lines);
    }

    [Theory]
    [InlineData("owner/repo/../x.yml@v1", "The reusable workflow 'owner/repo/../x.yml@v1' is not of the form owner/repo/.github/workflows/FILE@ref")]
    [InlineData("./.github/workflows/absent.yml", "Workflow '.github/workflows/absent.yml' was not found")]
    [InlineData("./.github/workflows/../../../../etc/passwd", "Workflow '.github/workflows/../../../../etc/passwd' was not found")]
    [InlineData("./.github/workflows/test.yml", "workflow_call key is not defined in the referenced workflow.")]
    public async Task Call_WorkflowThatCannotBeCalled_IsRefusedBeforeAnythingStarts(string uses, string message)
    {
        InvalidRunException refused = await Assert.ThrowsAsync<InvalidRunException>(() => _scene.RunAsync($"on: push\njobs:\n  a:\n    uses: {uses}\n", "process"));

        Assert.EndsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.Empty(_scene.Observer.Events);
    }

    [Fact]
    public async Task Call_WorkflowThatCallsItself_IsRefusedAtTheNestingLimit()
    {
        _scene.Write(".github/workflows/loop.yml", "on: workflow_call\njobs:\n  again:\n    uses: ./.github/workflows/loop.yml\n");

        InvalidRunException refused = await Assert.ThrowsAsync<InvalidRunException>(() => _scene.RunAsync("on: push\njobs:\n  a:\n    uses: ./.github/workflows/loop.yml\n", "process"));

        Assert.Contains("Nested reusable workflow depth exceeded 9.", refused.Message, StringComparison.Ordinal);
    }
}

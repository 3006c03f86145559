using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Tests.Execution.Events;

namespace CmlNet.Workflows.Tests.Execution.Specs;

public sealed class WorkflowPlannerTests : IDisposable
{
    private const string Labels = "needs.first.outputs.labels";

    private readonly TemporaryRepository _repository = new();

    public WorkflowPlannerTests() => _repository.Commit("Start", ("a.txt", "a\n"));

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("runs-on: gpu", "No image is known for runs-on: gpu")]
    [InlineData("runs-on: gpu\n    timeout-minutes: ${{ fromJSON(needs.first.outputs.minutes) }}", "No image is known for runs-on: gpu")]
    [InlineData("runs-on: gpu\n    env: { A: '${{ needs.first.outputs.a }}' }", "No image is known for runs-on: gpu")]
    [InlineData("runs-on: ubuntu-latest\n    strategy: { matrix: { n: '${{ fromJSON(needs.first.outputs.n) }}' } }\n    container: { image: x, options: --no-such }", "--no-such")]
    [InlineData("runs-on: '${{ needs.first.outputs.label }}'\n    timeout-minutes: 0", "Unexpected timeout-minutes of job 'second'")]
    public async Task Plan_ErrorThatNoOutputCanMend_IsSaid(string lines, string message)
    {
        InvalidRunException refused = await Assert.ThrowsAsync<InvalidRunException>(() => PlanSecondAsync(lines + "\n    steps: [{ run: ls }]"));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"runs-on: '${{{{ {Labels} }}}}'")]
    [InlineData("runs-on: '${{ needs[''first''].outputs.label }}'")]
    [InlineData($"runs-on: '${{{{ matrix.label }}}}'\n    strategy: {{ matrix: {{ label: '${{{{ fromJSON({Labels}) }}}}' }} }}")]
    [InlineData($"runs-on: gpu\n    container: '${{{{ {Labels} }}}}'")]
    [InlineData("runs-on: ubuntu-latest\n    timeout-minutes: ${{ fromJSON(needs.first.outputs.minutes) }}")]
    public async Task Plan_ValueOfAnOutput_IsDecidedAtRunTime(string lines)
    {
        PlannedJob second = await PlanSecondAsync(lines + "\n    steps: [{ run: ls }]");
        Assert.Equal((0, "it needs the outputs of first"), (second.Legs.Count, second.Undecided));
    }

    [Fact]
    public async Task Plan_CalledWorkflowWithAnInputOfAnOutput_IsDecidedAtRunTimeUnlessItIsWrongAnyway()
    {
        const string Call = "uses: ./.github/workflows/called.yml\n    with: { label: '${{ needs.first.outputs.label }}' }";
        Called("${{ inputs.label }}");
        Assert.Equal("it needs the outputs of first", (await PlanSecondAsync(Call)).Undecided);
        Called("ubuntu-latest");
        Assert.Equal(["second / inner"], (await PlanSecondAsync(Call)).Legs.Select(leg => leg.Name));
        Called("gpu");
        InvalidRunException refused = await Assert.ThrowsAsync<InvalidRunException>(() => PlanSecondAsync(Call));
        Assert.StartsWith(".github/workflows/called.yml:4:14: No image is known for runs-on: gpu", refused.Message, StringComparison.Ordinal);
    }

    private void Called(string label) => _repository.Commit("Called", (".github/workflows/called.yml", $"on: {{ workflow_call: {{ inputs: {{ label: {{ type: string }} }} }} }}\njobs:\n  inner:\n    runs-on: {label}\n    steps: [{{ run: ls }}]\n"));

    /// <summary>The plan of a job that needs another one.</summary>
    private async Task<PlannedJob> PlanSecondAsync(string lines)
    {
        WorkflowParseResult parsed = WorkflowParser.Parse("w.yml", $"on: push\njobs:\n  first:\n    runs-on: ubuntu-latest\n    steps: [{{ run: ls }}]\n  second:\n    needs: first\n    {lines}\n");
        Assert.Empty(parsed.Errors);
        // Not null: it has no errors.
        Workflow workflow = parsed.Workflow!;
        var request = new RunRequest { RunId = "r", RepositoryRoot = _repository.Root, RunDirectory = _repository.Root };
        GitState git = await GitStateReader.ReadAsync(_repository.Root, "origin", null, CancellationToken.None);
        RunInput input = RunInput.Create(EventPayload.Build(new EventRequest { Name = "push" }, git), git, workflow, "");
        return (await WorkflowPlanner.PlanAsync(workflow, request, input, CancellationToken.None)).Jobs[1];
    }
}

using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Tests.Model;

public sealed class ContextKeysTests
{
    private static string Errors(string expression, string on = "{workflow_dispatch: {inputs: {epochs: {type: number}}}}") => string.Join('\n', WorkflowParser.Parse("w.yml", """
        on: EVENTS
        jobs:
          first: {runs-on: x, steps: [{run: ls}]}
          train:
            needs: first
            runs-on: x
            strategy: {matrix: {python: ['3.12'], include: [{python: '3.13', extra: yes}]}}
            steps:
              - {id: metrics, run: ls}
              - run: echo "${{ EXPRESSION }}"
        """.ReplaceLineEndings("\n").Replace("EVENTS", on, StringComparison.Ordinal).Replace("EXPRESSION", expression, StringComparison.Ordinal)).Errors);

    [Theory]
    [InlineData("steps.metric.outputs.x", "'steps' has no key 'metric' (did you mean steps.metrics?)")]
    [InlineData("steps['Metircs'].outputs.x", "'steps' has no key 'Metircs' (did you mean steps.metrics?)")]
    [InlineData("steps.metrics.output.x", "'steps.metrics' has no key 'output' (did you mean steps.metrics.outputs?)")]
    [InlineData("needs.first.results", "'needs.first' has no key 'results' (did you mean needs.first.result?)")]
    [InlineData("matrix.pyhton", "'matrix' has no key 'pyhton' (did you mean matrix.python?)")]
    [InlineData("matrix.extras", "'matrix' has no key 'extras' (did you mean matrix.extra?)")]
    [InlineData("inputs.epoch", "'inputs' has no key 'epoch' (did you mean inputs.epochs?)")]
    [InlineData("runner.tmp", "'runner' has no key 'tmp' (did you mean runner.temp?)")]
    [InlineData("strategy.job_index", "'strategy' has no key 'job_index' (did you mean strategy.job-index?)")]
    [InlineData("job.service.db", "'job' has no key 'service' (did you mean job.services?)")]
    [InlineData("github.event_nam", "'event_nam' is not a key of the 'github' context (did you mean github.event_name?)")]
    public void Key_ThatIsMisspelt_IsFoundWithWhatWasMeant(string expression, string error) => Assert.Equal($"w.yml:10:14: {error}", Errors(expression));

    [Theory]
    [InlineData("steps.METRICS.outputs.anything")]
    [InlineData("steps.metrics.outcome || steps.metrics.conclusion")]
    [InlineData("needs.first.outputs.x && needs.FIRST.result")]
    [InlineData("matrix.python && matrix.extra && matrix.nothing")]
    [InlineData("inputs.epochs && inputs.other")]
    [InlineData("steps.another.outputs.x")]
    [InlineData("steps[matrix.python].outputs.x && steps.*.outputs.x")]
    [InlineData("runner.tool_cache && job.services.db.ports && job.status")]
    [InlineData("env.anything && vars.anything && secrets.anything")]
    public void Key_ThatIsThereOrLikeNone_Passes(string expression) => Assert.Equal("", Errors(expression));

    [Fact]
    public void Inputs_OfAWorkflowWithoutAny_AreNotAsked() => Assert.Equal("", Errors("inputs.epoch", "push"));

    [Fact]
    public void Matrix_ThatAnExpressionMakes_IsNotAsked()
    {
        const string Text = "on: push\njobs:\n  a:\n    runs-on: x\n    strategy: {matrix: {python: [1], include: '${{ fromJSON(vars.more) }}'}}\n    steps: [{run: 'echo ${{ matrix.pythn }}'}]\n";
        Assert.Empty(WorkflowParser.Parse("w.yml", Text).Errors);
        Assert.Single(WorkflowParser.Parse("w.yml", Text.Replace(", include: '${{ fromJSON(vars.more) }}'", "", StringComparison.Ordinal)).Errors);
    }
}

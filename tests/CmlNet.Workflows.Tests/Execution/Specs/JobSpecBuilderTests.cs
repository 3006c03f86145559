using CmlNet.Containers;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Tests.Execution.Specs;

public sealed class JobSpecBuilderTests
{
    [Fact]
    public void Build_NoGpusAskedFor_TakesThoseOfTheOptionsAway()
    {
        Assert.Equal(-1, Build("container: {image: x, options: --gpus all}", null).Container.Gpus.Count);
        ContainerSpec container = Build("container: {image: x, options: --gpus all}", GpuRequest.None).Container;
        Assert.True(container.Gpus.IsNone && container.Options.Gpus.IsNone);
    }

    [Theory]
    [InlineData("cancel-timeout-minutes: 2", 2)]
    [InlineData("name: a", 5)]
    public void Build_CancelTimeout_IsGitHubsUnlessGiven(string line, double minutes) =>
        Assert.Equal(minutes, Build(line, null).CancelTimeout.TotalMinutes);

    [Fact]
    public void Build_LabelFromAnEmptyExpression_SaysSo()
    {
        InvalidRunException error = Assert.Throws<InvalidRunException>(() => Build("name: a", null, runsOn: "${{ github.event.nothing_here }}"));
        Assert.Equal("w.yml:4:14: runs-on of job 'a' is empty: its expression gave nothing (expected a label, such as ubuntu-latest)", error.Errors[0].ToString());
    }

    private static JobSpec Build(string line, GpuRequest? gpus, string runsOn = "ubuntu-latest")
    {
        Workflow? workflow = WorkflowParser.Parse("w.yml", $"on: push\njobs:\n  a:\n    runs-on: {runsOn}\n    {line}\n    steps: [{{run: ls}}]\n").Workflow;
        return new JobSpecBuilder(new RunRequest { RunId = "", RunDirectory = "/", RepositoryRoot = "/", Gpus = gpus, Images = new Dictionary<string, string> { ["ubuntu-latest"] = "x" } }).Build(workflow!.Jobs[0], "a", new ContextSet { GitHub = [] });
    }
}

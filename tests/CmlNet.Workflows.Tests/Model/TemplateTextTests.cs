using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Tests.Model;

public sealed class TemplateTextTests
{
    [Theory]
    [InlineData("Train ${{ matrix.x }} of ${{ matrix.n }}", "Train ${{ matrix.x }} of ${{ matrix.n }}")]
    [InlineData("${{ matrix.x }}", "${{ matrix.x }}")]
    [InlineData("plain", "plain")]
    [InlineData("{a} it's ${{ matrix.x == 'it''s' && 1 || 2 }}", "{a} it's ${{ matrix.x == 'it''s' && 1 || 2 }}")]
    [InlineData("${{ format('{1}', 1) }}", "${{ format('{1}', 1) }}")]
    [InlineData("${{ format(matrix.x, 1) }}", "${{ format(matrix.x, 1) }}")]
    [InlineData("${{ format('{0:x}', 1) }}", "${{ format('{0:x}', 1) }}")]
    public void Of_AJobsName_IsWhatWasWritten(string written, string shown)
    {
        string yaml = $"on: push\njobs:\n  a:\n    runs-on: x\n    strategy: {{ matrix: {{ x: [1], n: [2] }} }}\n    name: \"{written}\"\n    steps: [{{ run: ls }}]\n";
        Workflow workflow = WorkflowParser.Parse("w.yml", yaml).Workflow!;
        Assert.Equal(shown, TemplateText.Of(workflow.Jobs[0].Name!));
    }
}

namespace CmlNet.Cli.Tests.Commands.Dvc;

public sealed class DagDrawingTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Dag_ALineThatPassesAStage_GoesAroundIt()
    {
        _folder.Write("dvc.yaml", "stages:\n  prepare: {cmd: x, outs: [p]}\n  train: {cmd: x, deps: [p], outs: [m]}\n  evaluate: {cmd: x, deps: [m, p]}\n");
        Assert.Equal("""
               +---------+
               | prepare |
               +---------+
                   * *
                  *   *
                 *     *
            +-------+   *
            | train |   *
            +-------+   *
                 *     *
                  *   *
                   * *
              +----------+
              | evaluate |
              +----------+

            """.ReplaceLineEndings("\n"), await _folder.OkAsync("dag"));
    }

    [Fact]
    public async Task Dag_Outputs_NamesFiles()
    {
        _folder.Write("dvc.yaml", "stages:\n  a: {cmd: x, outs: [p]}\n  b: {cmd: x, deps: [p], outs: [q]}\n");
        Assert.Equal("+---+\n| p |\n+---+\n  *\n  *\n  *\n+---+\n| q |\n+---+\n", await _folder.OkAsync("dag", "--outs"));
    }

    /// <summary>Every name once, every box closed, whatever the names are.</summary>
    [Fact]
    public async Task Dag_WideNames_StayInTheirBoxes()
    {
        _folder.Write("dvc.yaml", "stages:\n  all: {cmd: x, deps: [data], outs: [q]}\n  each: {foreach: [1, 2, 3], do: {cmd: x, outs: ['data/日本語-${item}']}}\n");
        string[] lines = (await _folder.OkAsync("dag", "-o")).Split('\n');
        Assert.Equal(3, lines.Sum(line => line.Split("日本語").Length - 1));
        Assert.Equal(8, lines.Sum(line => line.Split("+--").Length - 1));
    }

    [Fact]
    public async Task Dag_VeryManyStages_AreAList()
    {
        _folder.Write("dvc.yaml", $"stages:\n  each: {{foreach: [{string.Join(", ", Enumerable.Range(0, 200))}], do: {{cmd: x, outs: ['data/${{item}}']}}}}\n  all: {{cmd: x, deps: [data/7]}}\n");
        Assert.Contains("\nall       <- each@7\n", await _folder.OkAsync("dag"), StringComparison.Ordinal);
    }

    /// <summary>Loops that read each other stage by stage are a circle once each is one box; the list shows that, too.</summary>
    [Fact]
    public async Task Dag_CollapsedLoops_AreOneEach()
    {
        _folder.Write("dvc.yaml", "stages:\n  part: {foreach: [1, 2], do: {cmd: x, outs: ['p${item}']}}\n  join: {cmd: x, deps: [p1, p2]}\n");
        Assert.Equal("strict digraph {\n\"join\";\n\"part\";\n\"part\" -> \"join\";\n}\n", await _folder.OkAsync("dag", "--dot", "--collapse-foreach-matrix"));
        _folder.Write("dvc.yaml", "stages:\n  a: {foreach: {x: {i: z, o: p}, y: {i: q, o: r}}, do: {cmd: x, deps: ['${item.i}'], outs: ['${item.o}']}}\n  b: {foreach: {x: {i: p, o: q}}, do: {cmd: x, deps: ['${item.i}'], outs: ['${item.o}']}}\n");
        Assert.Equal("a  <- b\nb  <- a\n", await _folder.OkAsync("dag", "--collapse-foreach-matrix"));
    }
}

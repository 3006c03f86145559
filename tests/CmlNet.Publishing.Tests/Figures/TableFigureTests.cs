using System.Text;
using CmlNet.Publishing.Figures;

namespace CmlNet.Publishing.Tests.Figures;

public sealed class TableFigureTests
{
    [Fact]
    public void Read_FirstColumnRises_IsTheAxis()
    {
        Figure figure = Read("epoch,loss,val_loss\n1,0.9,1\n2,0.5,\n3,0.3,0.6\n");
        Assert.Equal(["loss", "val_loss"], figure.Series.Select(s => s.Name));
        Assert.Equal([new FigurePoint(1, 0.9), new FigurePoint(2, 0.5), new FigurePoint(3, 0.3)], figure.Series[0].Points);
        Assert.Equal(2, figure.Series[1].Points.Count);
    }

    [Theory]
    [InlineData("class,cases\ncat,30\ndog,70\n", "pie showData\n    \"cat\" : 30\n    \"dog\" : 70\n")]
    [InlineData("class,recall\ncat,0.5\ndog,-0.25\n", "xychart-beta\n    x-axis [\"cat\", \"dog\"]\n    bar [0.5, -0.25]\n")]
    [InlineData("step,loss\n0,4\n10,2\n20,1\n", "xychart-beta\n    x-axis 0 --> 20\n    line [4, 2, 1]\n")]
    [InlineData("step,loss\n0,4\n30,1\n40,0.00001\n", "xychart-beta\n    x-axis 0 --> 40\n    line [4, 2, 0.00001]\n")]
    public void Render_Table_IsADiagram(string csv, string diagram) => Assert.Equal($"```mermaid\n{diagram}```", MermaidChart.Render(Read(csv)));

    [Theory]
    [InlineData("a\n")]
    [InlineData("a,b\n1\n")]
    [InlineData("a,b\n\"x, y\",1\n")]
    [InlineData("a,b\nx,y\n")]
    public void Read_NoSuchTable_IsNothing(string csv) => Assert.Null(TableFigure.Read(Encoding.UTF8.GetBytes(csv), ','));

    [Fact]
    public void Sparkline_Numbers_AreBlocks()
    {
        Assert.Equal("▁▅█", FigureWords.Sparkline([1, 2, 3]));
        Assert.Equal("▄▄", FigureWords.Sparkline([5, 5]));
        Assert.Equal("", FigureWords.Sparkline([]));
        Assert.Equal(24, FigureWords.Sparkline([.. Enumerable.Range(0, 1000).Select(i => (double)i)]).Length);
    }

    private static Figure Read(string csv) => TableFigure.Read(Encoding.UTF8.GetBytes(csv), ',') ?? throw new InvalidOperationException("no figure");
}

using System.Text;
using CmlNet.Publishing.Figures;

namespace CmlNet.Publishing.Tests.Figures;

/// <summary>Against the charts as they are drawn today: what is read from a picture is a convention between two libraries.</summary>
public sealed class SvgFigureTests
{
    [Theory]
    [InlineData("line")]
    [InlineData("line-sparse")]
    [InlineData("line-many")]
    [InlineData("line-log")]
    [InlineData("line-smoothed")]
    [InlineData("line-one-point")]
    [InlineData("bar")]
    [InlineData("bar-negative")]
    [InlineData("bar-hostile")]
    [InlineData("histogram")]
    [InlineData("confusion")]
    [InlineData("roc")]
    [InlineData("scatter")]
    public async Task Block_OfAChart_IsAsApproved(string name)
    {
        Figure figure = SvgFigure.Read(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "src", "CmlNet.Reports", "Charts", "Gallery", name + ".light.svg"))) ?? throw new InvalidOperationException("no figure");
        string text = $"{FigureText.Title(figure)}\n\n{FigureText.Block(figure, $"*{name}*")}\n\n{FigureText.Line(figure)}\n";
        string golden = Path.Combine(Repository.Root, "tests", "CmlNet.Publishing.Tests", "Figures", "Golden", name + ".md");
        if (Environment.GetEnvironmentVariable("CML_UPDATE_GOLDENS") == "1")
            await File.WriteAllTextAsync(golden, text);
        Assert.Equal(await File.ReadAllTextAsync(golden), text);
    }

    [Fact]
    public async Task Read_EveryChartOfTheGallery_GivesNumbersOrNothing()
    {
        string[] pictures = Directory.GetFiles(Path.Combine(Repository.Root, "src", "CmlNet.Reports", "Charts", "Gallery"), "*.svg");
        Assert.NotEmpty(pictures);
        foreach (string picture in pictures)
        {
            if (SvgFigure.Read(await File.ReadAllBytesAsync(picture)) is not { } figure)
                continue;
            Assert.All(figure.Series.SelectMany(s => s.Points), p => Assert.True(double.IsFinite(p.X) && double.IsFinite(p.Y), picture));
            string block = FigureText.Block(figure, "x");
            Assert.DoesNotContain('\0', block);
            Assert.DoesNotContain("NaN", block, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Read_Line_GivesTheValuesThatWereDrawn()
    {
        Figure figure = SvgFigure.Read(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "src", "CmlNet.Reports", "Charts", "Gallery", "line.light.svg"))) ?? throw new InvalidOperationException("no figure");
        // The chart's own sentence: loss from 2 to 0.10623 in 50 points (lowest 0.057808 at 47, …).
        FigureSeries loss = figure.Series[0];
        Assert.Equal(("loss", 50), (loss.Name, loss.Points.Count));
        Assert.Equal(2, loss.Points[0].Y, 0.01);
        Assert.Equal(0.10623, loss.Points[^1].Y, 0.01);
        FigurePoint lowest = loss.Points.MinBy(p => p.Y);
        Assert.Equal(0.057808, lowest.Y, 0.01);
        Assert.Equal(47, lowest.X, 0.05);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<svg")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"aaaa\">]><svg><g data-x=\"0 1 0 1 0\" data-y=\"0 1 0 1 0\"><g data-s=\"&a;\"><path fill=\"none\" d=\"M0 0L1 1\"/></g></g></svg>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><rect><title>no number</title></rect></svg>")]
    [InlineData("<svg><g data-x=\"0 0 0 1 0\" data-y=\"0 1 0 1 0\"><g data-s=\"x\"><path fill=\"none\" d=\"M0 0L1 1\"/></g></g></svg>")]
    [InlineData("<svg><g data-x=\"0 1 -1 1 1\" data-y=\"0 1 0 1 0\"><g data-s=\"x\"><path fill=\"none\" d=\"M0 0L1 1\"/></g></g></svg>")]
    public void Read_NoSuchChart_IsNothing(string svg) => Assert.Null(SvgFigure.Read(Encoding.UTF8.GetBytes(svg)));

    [Fact]
    public void Block_HostileNames_AddNoMarkup()
    {
        const string svg = """<svg><title>@mona ](x) &lt;script&gt; ``` | ${a}</title><rect><title>a"]; click a: 2</title></rect><rect><title>`|&lt;b&gt;: 3</title></rect></svg>""";
        Figure figure = SvgFigure.Read(Encoding.UTF8.GetBytes(svg)) ?? throw new InvalidOperationException("no figure");
        string text = FigureText.Title(figure) + FigureText.Block(figure, "*x*") + FigureText.Line(figure);
        foreach (string bad in (string[])["@", "](", "<", "$", "];", "click a:"])
            Assert.DoesNotContain(bad, text, StringComparison.Ordinal);
    }
}

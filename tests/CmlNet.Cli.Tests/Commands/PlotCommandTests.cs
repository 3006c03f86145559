using System.CommandLine;
using CmlNet.Cli.Commands.Plot;
using CmlNet.Reports.Charts.Drawing;

namespace CmlNet.Cli.Tests.Commands;

public sealed class PlotCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-plot-").FullName;
    private readonly StringWriter _out = new();

    public PlotCommandTests() => File.WriteAllText(Path.Combine(_folder, "history.csv"), "epoch,loss\n0,1\n1,0.5\n");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Plot_WithoutOut_WritesSvgToStandardOutput()
    {
        Assert.Equal(ExitCodes.Success, await Run("line", "history.csv", "-y", "loss", "--title", "T"));
        Assert.StartsWith("<svg ", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("T: loss", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plot_ConfusionNormalizedByColumn_SaysSo()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "p.csv"), "y_true,y_pred\na,a\na,b\nb,b\n");
        Assert.Equal(ExitCodes.Success, await Run("confusion", "p.csv", "--normalize", "column"));
        Assert.Contains("the share of each predicted class (column)", _out.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Plot_ToPng_WritesAPicture()
    {
        Skip.IfNot(SvgRasterizer.IsAvailable, SvgRasterizer.InstallHint);
        Assert.Equal(ExitCodes.Success, await Run("smooth", "history.csv", "-o", "plots/loss.png", "--baseline", "history.csv"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await File.ReadAllBytesAsync(Path.Combine(_folder, "plots/loss.png"))).Take(4));
        Assert.Equal("", _out.ToString());
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "file not found: nope.csv", "line", "nope.csv")]
    [InlineData(ExitCodes.Usage, "end the name in .svg or .png", "line", "history.csv", "-o", "x.gif")]
    [InlineData(ExitCodes.Failure, "history.csv: no column 'nope' (-y). Columns: epoch, loss", "line", "history.csv", "-y", "nope")]
    public async Task Plot_WrongInput_SaysWhatAndEndsWithItsCode(int code, string expected, params string[] arguments)
    {
        CliException error = await Assert.ThrowsAsync<CliException>(() => Run(arguments));
        Assert.Equal(code, error.ExitCode);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Eighteen kinds in the usage line, and in that of <c>cml --help</c>, push everything else off the screen.</summary>
    [Fact]
    public async Task Plot_Help_NamesTheKindsOnce()
    {
        await CommandTree.Build(Host()).Parse(["plot", "--help"]).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = _out, Error = TextWriter.Null });
        Assert.Contains("<KIND> <FILE>", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, _out.ToString().Split("scatter_jitter").Length - 1);
    }

    private Task<int> Run(params string[] arguments) =>
        PlotCommand.Build(Host()).Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = _out, Error = TextWriter.Null });

    private CliHost Host() => new() { Out = _out, Error = TextWriter.Null, In = TextReader.Null, WorkingDirectory = _folder, Environment = new Dictionary<string, string>(StringComparer.Ordinal), Time = TimeProvider.System, IsTerminal = false };
}

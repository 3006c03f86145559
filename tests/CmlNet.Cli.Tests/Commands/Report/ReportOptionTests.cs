using System.CommandLine;
using CmlNet.Cli.Commands.Report;

namespace CmlNet.Cli.Tests.Commands.Report;

public sealed class ReportOptionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-report-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Report_AssetsDir_ReceivesTheChartsAndIsLinked()
    {
        Write("history.csv", "epoch,loss\n0,1\n1,0.5\n");
        Assert.Equal(ExitCodes.Success, await Run("--history", "history.csv", "--out", "r.md", "--assets-dir", "pictures/of run"));
        Assert.Equal(["curve-1.dark", "curve-1.light"], Directory.GetFiles(Path.Combine(_folder, "pictures/of run")).Select(Path.GetFileNameWithoutExtension).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("src=\"pictures/of%20run/curve-1.light.", await File.ReadAllTextAsync(Path.Combine(_folder, "r.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", false)]
    [InlineData("before", true)]
    public async Task Report_Baseline_IsComparedWithIfAskedFor(string baseline, bool isCompared)
    {
        Write("metrics.json", "{\"accuracy\": 0.75}");
        Write("before/metrics.json", "{\"accuracy\": 0.5}");
        Assert.Equal(ExitCodes.Success, await Run("--metrics", "metrics.json", "--baseline", baseline));
        Assert.Equal(isCompared, _out.ToString().Contains("| accuracy | 0.5 | 0.75 | +0.25 |", StringComparison.Ordinal));
        Assert.Equal(!isCompared, _out.ToString().Contains("| accuracy | 0.75 |\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("error", "error", ExitCodes.Failure)]
    [InlineData("warn", "error", ExitCodes.Success)]
    [InlineData("warn", "warn", ExitCodes.Failure)]
    [InlineData("error", "never", ExitCodes.Success)]
    public async Task Report_FailOn_DecidesTheExitCode(string level, string failOn, int expected)
    {
        Write("metrics.json", "{\"accuracy\": 0.5}");
        Write("cml.yaml", $"report:\n  gates:\n    - {{metric: accuracy, min: 0.9, level: {level}}}\n");
        Assert.Equal(expected, await Run("--fail-on", failOn));
        Assert.Contains("0 of 1 gates passed, failed: accuracy", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfNothing_SaysWhatItSkippedAndNotItsConfiguration()
    {
        Write("cml.yaml", "report:\n  title: T\n");
        Write("predictions.parquet", "PAR1");
        Assert.Equal(ExitCodes.Success, await Run());
        Assert.Contains("skipped predictions.parquet (Parquet is not read; save it as CSV)", _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("cml.yaml", _error.ToString(), StringComparison.Ordinal);
    }

    private void Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // the path has a folder
        File.WriteAllText(path, content);
    }

    private Task<int> Run(params string[] arguments)
    {
        var host = new CliHost
        {
            Out = _out, Error = _error, In = TextReader.Null, Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingDirectory = _folder, Time = TimeProvider.System, IsTerminal = false,
        };
        return ReportCommand.Build(host).Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = _out, Error = _error });
    }
}

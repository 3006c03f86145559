using System.CommandLine;
using CmlNet.Cli.Commands.Report;

namespace CmlNet.Cli.Tests.Commands.Report;

public sealed class ReportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-report-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Report_WithoutOut_WritesMarkdownToStandardOutput()
    {
        Write("metrics.json", "{\"accuracy\": 0.5}");
        Assert.Equal(ExitCodes.Success, await Run("--metrics", "metrics.json", "--title", "T"));
        Assert.Equal("# T\n\n## Metrics\n\n| Metric | Value |\n| --- | ---: |\n| accuracy | 0.5 |\n", _out.ToString());
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public async Task Report_WithOut_WritesChartsBesideIt()
    {
        Write("history.csv", "epoch,loss\n0,1\n1,0.5\n");
        Assert.Equal(ExitCodes.Success, await Run("--history", "history.csv", "--out", "out/r.md"));
        string text = await File.ReadAllTextAsync(Path.Combine(_folder, "out/r.md"));
        Assert.Contains("r_files/curve-1.light.", text, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "out/r_files/curve-1.dark.svg")));
        Assert.Equal("", _out.ToString());
    }

    [Fact]
    public async Task Report_AsHtml_WritesOneFileWithItsCharts()
    {
        Write("history.csv", "epoch,loss\n0,1\n1,0.5\n");
        Assert.Equal(ExitCodes.Success, await Run("--history", "history.csv", "--out", "out/r.html", "--format", "html"));
        Assert.Equal(["r.html"], Directory.GetFileSystemEntries(Path.Combine(_folder, "out")).Select(Path.GetFileName));
        Assert.Contains("aria-label=\"Line chart loss by epoch: loss from 1 to 0.5", await File.ReadAllTextAsync(Path.Combine(_folder, "out/r.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_MissingNamedFile_IsAUsageErrorAndWritesNothing()
    {
        CliException error = await Assert.ThrowsAsync<CliException>(() => Run("--metrics", "nope.json", "--out", "r.md"));
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
        Assert.Contains("--metrics nope.json", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Report_MalformedNamedFile_FailsAfterWritingTheRest()
    {
        Write("bad.json", "{");
        Write("good.json", "{\"a\": 1}");
        Assert.Equal(ExitCodes.Failure, await Run("--metrics", "bad.json", "--metrics", "good.json"));
        Assert.Contains("| a | 1 |", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal("cml report: bad.json:1:2: not readable as JSON: expected a key in double quotes, found the end of the file\n", _error.ToString());
    }

    [Fact]
    public async Task Report_NothingNamed_SaysWhatItFound()
    {
        Write("metrics.yaml", "accuracy: 0.5\n");
        Assert.Equal(ExitCodes.Success, await Run());
        Assert.Equal("cml report: found metrics.yaml (metrics)\n", _error.ToString());
    }

    [Fact]
    public async Task Report_UnknownOption_IsAUsageError()
    {
        CliException error = await Assert.ThrowsAsync<CliException>(() => Run("--bogus"));
        Assert.Equal((ExitCodes.Usage, "cml report: unknown option --bogus; see cml report --help"), (error.ExitCode, error.Message));
    }

    [Fact]
    public async Task Report_RowsLeftOut_IsAWarningAndNoFailure()
    {
        Write("p.csv", "id,site,y_true,y_pred,score\n1,a,x,x,0.1\n2,a,,x,0.2\n3,b,y,x,0.4\n");
        Assert.Equal(ExitCodes.Success, await Run("--predictions", "p.csv", "--probability", "score", "--positive", "y", "--slice", "site", "--id", "id"));
        Assert.Equal("cml report: p.csv: 1 row with a missing or NaN label left out, the first on line 3\n", _error.ToString());
        Assert.Contains("| <sub>site = a</sub> | <sub>1 (few)</sub> |", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("Thresholds for y", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_GateThatFails_EndsWith1AfterWritingJUnitAndAnnotations()
    {
        Write("metrics.json", "{\"acc\": 0.5}");
        Write("cml.yaml", "report:\n  gates:\n    - {metric: acc, min: 0.9}\n");
        _environment["GITHUB_ACTIONS"] = "true";
        Assert.Equal(ExitCodes.Failure, await Run("--format", "junit"));
        Assert.Contains("<failure message=\"0.5: below 0.9\"", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n::error title=Gate acc::0.5, limit ≥ 0.9: below 0.9\n", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, await Run("--fail-on", "never"));
    }

    [Fact]
    public async Task Report_SecondRunWithoutGit_IsComparedWithTheFirst()
    {
        Write("metrics.json", "{\"acc\": 0.5}");
        Assert.Equal(ExitCodes.Success, await Run());
        Write("metrics.json", "{\"acc\": 0.75}");
        Assert.Equal(ExitCodes.Success, await Run("--format", "json"));
        Assert.Contains("\"rev\": \"the last recorded run\"", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"diff\": 0.25", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_OfTheReport_IsPrinted()
    {
        Assert.Equal(ExitCodes.Success, await CmlNet.Cli.Commands.Schema.SchemaCommand.Build(Host()).Parse("--report").InvokeAsync(new InvocationConfiguration { Output = _out, Error = _error }));
        Assert.Contains("\"cohen_kappa\"", _out.ToString(), StringComparison.Ordinal);
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);

    private CliHost Host() => new()
    {
        Out = _out,
        Error = _error,
        In = TextReader.Null,
        Environment = _environment,
        WorkingDirectory = _folder,
        Time = TimeProvider.System,
        IsTerminal = false,
    };

    private Task<int> Run(params string[] arguments)
    {
        return ReportCommand.Build(Host()).Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = _out, Error = _error });
    }
}

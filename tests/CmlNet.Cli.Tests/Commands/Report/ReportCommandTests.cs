using System.CommandLine;
using CmlNet.Cli.Commands.Report;

namespace CmlNet.Cli.Tests.Commands.Report;

public sealed class ReportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-report-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

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

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);

    private Task<int> Run(params string[] arguments)
    {
        var host = new CliHost
        {
            Out = _out,
            Error = _error,
            In = TextReader.Null,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            WorkingDirectory = _folder,
            Time = TimeProvider.System,
            IsTerminal = false,
        };
        return ReportCommand.Build(host).Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = _out, Error = _error });
    }
}

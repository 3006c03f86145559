using System.CommandLine;
using System.Diagnostics;
using CmlNet.Cli.Commands.Plots;

namespace CmlNet.Cli.Tests.Commands;

public sealed class PlotsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-plots-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public PlotsCommandTests()
    {
        File.WriteAllText(Path.Combine(_folder, "dvc.yaml"), "plots:\n  - history.csv:\n      x: epoch\n      y: loss\n");
        File.WriteAllText(Path.Combine(_folder, "history.csv"), "epoch,loss\n0,3\n1,2\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Show_InAProject_WritesThePictures()
    {
        Assert.Equal(ExitCodes.Success, await Run("show"));
        Assert.Equal("dvc_plots/history_csv.svg\n", _out.ToString());
        Assert.Contains("workspace", await File.ReadAllTextAsync(Path.Combine(_folder, "dvc_plots/history_csv.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_AgainstACommit_PrintsVegaAndMarkdownOfBoth()
    {
        await CommitAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "history.csv"), "epoch,loss\n0,2\n1,1\n");
        Assert.Equal(ExitCodes.Success, await Run("diff", "main", "--target", "history.csv", "--show-vega"));
        Assert.Contains("\"domain\": [\"main\", \"workspace\"]", _out.ToString(), StringComparison.Ordinal);
        _out.GetStringBuilder().Clear();
        Assert.Equal(ExitCodes.Success, await Run("diff", "--md", "-o", "p"));
        Assert.Equal("![Line chart history.csv by epoch: HEAD from 3 to 2 in 2 points (lowest 2 at 1, highest 3 at 0); workspace from 2 to 1 in 2 points (lowest 1 at 1, highest 2 at 0).](p/history_csv.svg)\n\n", _out.ToString());
    }

    [Fact]
    public async Task Show_TargetThatIsNot_FailsAndSaysSo()
    {
        Assert.Equal(ExitCodes.Failure, await Run("show", "nope.csv"));
        Assert.Equal("cml plots show: nope.csv: in none of the revisions\ncml plots show: no plots; declare them in dvc.yaml or name files\n", _error.ToString());
    }

    [Fact]
    public async Task Diff_UnknownRevision_IsAUsageError()
    {
        await CommitAsync();
        CliException error = await Assert.ThrowsAsync<CliException>(() => Run("diff", "nope"));
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
    }

    [Fact]
    public async Task Show_NoHeader_ColumnsAreNumbered()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "bare.tsv"), "0\t3\t\"a\tb\"\n1\t2\tc\n");
        Assert.Equal(ExitCodes.Success, await Run("show", "bare.tsv", "--no-header", "-y", "1", "--show-vega"));
        Assert.Contains("""{"0": "0", "1": "3", "2": "a\tb", "step": 0""", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("""{"0": "1", "1": "2", "2": "c", "step": 1""", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_HtmlTemplate_IsFilledWithThePictures()
    {
        string page = Path.Combine(_folder, "dvc_plots/index.html");
        await File.WriteAllTextAsync(Path.Combine(_folder, "own.html"), "<html>{scripts}{refresh_tag}<h1>Mine</h1>{plot_divs}</html>");
        Assert.Equal(ExitCodes.Success, await Run("show", "--html-template", "own.html"));
        Assert.Equal($"dvc_plots/history_csv.svg\n{new Uri(page).AbsoluteUri}\n", _out.ToString());
        Assert.Matches("^<html><h1>Mine</h1><div><img src=\"history_csv.svg\" alt=\"Line chart [^\"]+\"></div></html>$", await File.ReadAllTextAsync(page));
        await File.WriteAllTextAsync(Path.Combine(_folder, "own.html"), "<html></html>");
        Assert.Contains("the HTML template own.html has no {plot_divs}", (await Assert.ThrowsAsync<CliException>(() => Run("show", "--html-template", "own.html"))).Message, StringComparison.Ordinal);
        Assert.Contains("the HTML template none.html cannot be read", (await Assert.ThrowsAsync<CliException>(() => Run("show", "--html-template", "none.html"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_Open_StartsTheBrowserWithThePage()
    {
        string seen = Path.Combine(_folder, "seen"), browser = Path.Combine(_folder, "browser"), page = new Uri(Path.Combine(_folder, "p/index.html")).AbsoluteUri;
        await File.WriteAllTextAsync(browser, $"#!/bin/sh\nprintf %s \"$*\" > {seen}.part; mv {seen}.part {seen}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(browser, (UnixFileMode)0b111_101_101);
        _environment["BROWSER"] = $"/nonexistent/browser:{browser} --new %s";
        Assert.Equal(ExitCodes.Success, await Run("show", "--open", "-o", "p"));
        var watch = Stopwatch.StartNew();
        while (!File.Exists(seen))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), "within a minute: the browser was started");
            await Task.Delay(5);
        }

        Assert.Equal($"--new {page}", await File.ReadAllTextAsync(seen));
        _environment["BROWSER"] = "/nonexistent/browser";
        Assert.Equal(ExitCodes.Failure, await Run("show", "--open", "-o", "p"));
        Assert.Contains($"no browser could be started; open {page} yourself", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_Configured_FolderTemplateAndPageAreTaken()
    {
        await CommitAsync();
        Directory.CreateDirectory(Path.Combine(_folder, ".dvc"));
        await File.WriteAllTextAsync(Path.Combine(_folder, ".dvc/own.html"), "[{plot_divs}]");
        await File.WriteAllTextAsync(Path.Combine(_folder, ".dvc/config"), "[plots]\n    out_dir = pictures\n    html_template = own.html\n");
        Assert.Equal(ExitCodes.Success, await Run("show"));
        Assert.StartsWith("[<div>", await File.ReadAllTextAsync(Path.Combine(_folder, "pictures/index.html")), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, ".dvc/config"), "[plots]\n    out_dir = ../elsewhere\n");
        Assert.Contains("plots.out_dir is ../elsewhere, which is not in the project", (await Assert.ThrowsAsync<CliException>(() => Run("show"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_LinkWhereAPictureGoes_IsNotFollowed()
    {
        await CommitAsync();
        string outside = _folder + "-outside";
        Directory.CreateDirectory(Path.Combine(_folder, "dvc_plots"));
        File.CreateSymbolicLink(Path.Combine(_folder, "dvc_plots/history_csv.svg"), outside);
        CliException error = await Assert.ThrowsAsync<CliException>(() => Run("show"));
        Assert.Contains("outside of the repository", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(outside));
    }

    private async Task CommitAsync()
    {
        foreach (string arguments in (string[])["init -q -b main", "add -A", "-c user.name=t -c user.email=t@localhost -c commit.gpgsign=false commit -q -m one"])
        {
            using Process git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder })!; // git is there: other tests need it too
            await git.WaitForExitAsync();
            Assert.Equal(0, git.ExitCode);
        }
    }

    private Task<int> Run(params string[] arguments)
    {
        var host = new CliHost { Out = _out, Error = _error, In = TextReader.Null, WorkingDirectory = _folder, Environment = _environment, Time = TimeProvider.System, IsTerminal = false };
        return PlotsCommand.Build(host).Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = _out, Error = _error });
    }
}

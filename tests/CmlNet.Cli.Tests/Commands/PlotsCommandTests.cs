using System.CommandLine;
using System.Diagnostics;
using CmlNet.Cli.Commands.Plots;

namespace CmlNet.Cli.Tests.Commands;

public sealed class PlotsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-plots-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

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
        var host = new CliHost { Out = _out, Error = _error, In = TextReader.Null, WorkingDirectory = _folder, Environment = new Dictionary<string, string>(StringComparer.Ordinal), Time = TimeProvider.System, IsTerminal = false };
        return PlotsCommand.Build(host).Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = _out, Error = _error });
    }
}

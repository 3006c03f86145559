using System.CommandLine;
using System.Diagnostics;

namespace CmlNet.Cli.Tests.Commands.Report;

/// <summary>A baseline whose metrics git does not have, DVC tracks, and only the remote holds.</summary>
public sealed class BaselineFetchTests : IDisposable
{
    private const string Hash = "0a301c63b27a8a3697d95199ecf9f3e6"; // md5sum of the remote's file
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-baseline-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public BaselineFetchTests()
    {
        Write($"store/files/md5/{Hash[..2]}/{Hash[2..]}", "{\"accuracy\": 0.5}");
        Write("run/.dvc/config", $"[core]\n    remote = store\n['remote \"store\"']\n    url = file://{_folder}/store\n");
        Write("run/.gitignore", "/metrics.json\n");
        Write("run/dvc.yaml", "metrics: [metrics.json]\n");
        Write("run/metrics.json.dvc", $"outs:\n- md5: {Hash}\n  hash: md5\n  path: metrics.json\n");
        Write("run/metrics.json", "{\"accuracy\": 0.75}");
        Git("init", "-q", "-b", "main");
        Git("add", "-A");
        Git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "one");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Report_BaselineOnlyInTheRemote_FetchesIt()
    {
        Assert.Equal(ExitCodes.Success, await Run("report --metrics metrics.json"));
        Assert.Contains("| accuracy | 0.5 | 0.75 | +0.25 |", _out.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, $"run/.dvc/cache/files/md5/{Hash[..2]}/{Hash[2..]}")));
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public async Task Gate_BaselineOnlyInTheRemote_FetchesIt()
    {
        Assert.Equal(ExitCodes.Failure, await Run("gate accuracy --max-rise 0.1"));
        Assert.Equal("failed: accuracy 0.75 (baseline 0.5), limit rise ≤ 0.1: rose by 0.25, allowed 0.1\n", _out.ToString());
    }

    [Fact]
    public async Task MetricsDiff_BaselineOnlyInTheRemote_FetchesIt()
    {
        await Run("metrics diff");
        Assert.Contains("0.5", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public async Task MetricsDiff_RemoteThatIsGone_SaysWhatIsNotHere()
    {
        Directory.Delete(Path.Combine(_folder, "store"), recursive: true);
        await Run("metrics diff");
        Assert.Contains("cml metrics diff: HEAD: metrics.json: tracked by DVC at HEAD, and not in the cache; get it with dvc fetch\n", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_RemoteThatIsGone_IsSaidAndTheReportWritten()
    {
        Directory.Delete(Path.Combine(_folder, "store"), recursive: true);
        Assert.Equal(ExitCodes.Success, await Run("report --metrics metrics.json"));
        Assert.Contains("| accuracy | 0.75 |", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("metrics.json: tracked by DVC at ", _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> Run(string arguments)
    {
        var host = new CliHost
        {
            Out = _out, Error = _error, In = TextReader.Null, Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingDirectory = Path.Combine(_folder, "run"), Time = TimeProvider.System, IsTerminal = false,
        };
        return CommandTree.Build(host).Parse(arguments.Split(' ')).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = _out, Error = _error });
    }

    private void Git(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Path.Combine(_folder, "run") })!; // only null when a process is reused
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private void Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // the path has a folder
        File.WriteAllText(path, content);
    }
}

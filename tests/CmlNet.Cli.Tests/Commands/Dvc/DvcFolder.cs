using System.CommandLine;
using System.Diagnostics;

namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>A git repository with a DVC project in a folder of its own, and <c>cml dvc</c> run in it without a process.</summary>
internal sealed class DvcFolder : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("cml-dvc-").FullName;

    public DvcFolder(bool isInitialized = true)
    {
        Root = Path.Combine(_top, "project");
        Directory.CreateDirectory(Root);
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = Path.Combine(_top, "home"), ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "", ["DVC_SYSTEM_CONFIG_DIR"] = Path.Combine(_top, "system"),
        };
        if (!isInitialized)
            return;
        Git("init", "-q", "-b", "main");
        Git("config", "user.name", "T");
        Git("config", "user.email", "t@example.org");
        Git("config", "commit.gpgsign", "false");
        Directory.CreateDirectory(Path.Combine(Root, ".dvc"));
        Write(".dvc/config", "");
        Write(".dvc/.gitignore", "/config.local\n/tmp\n/cache\n");
    }

    public string Root { get; }

    /// <summary>Beside the project.</summary>
    public string Beside(string name) => Path.Combine(_top, name);

    public Dictionary<string, string> Environment { get; }

    /// <summary>What the next commands read from standard input.</summary>
    public string In { get; set; } = "";

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public void Dispose() => Directory.Delete(_top, recursive: true);

    /// <summary>Runs a command and returns its exit code; what it printed is in <see cref="Out"/>.</summary>
    public Task<int> RunAsync(params string[] arguments) => RunCmlAsync(["dvc", .. arguments]);

    /// <summary>The same with a command that is not under <c>dvc</c>.</summary>
    public async Task<int> RunCmlAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CliHost { Out = output, Error = error, In = new StringReader(In), Environment = Environment, WorkingDirectory = Root, Time = TimeProvider.System, IsTerminal = false };
        try
        {
            ParseResult parsed = CommandTree.Parse(host, arguments);
            return await UsageFailure.ReportAsync(parsed, host) ?? await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
        }
        catch (CliException e)
        {
            error.Write(e.Message);
            return e.ExitCode;
        }
        finally
        {
            (Out, Error) = (output.ToString(), error.ToString());
        }
    }

    /// <summary>Runs a command that must succeed; returns what it printed.</summary>
    public async Task<string> OkAsync(params string[] arguments)
    {
        int code = await RunAsync(arguments);
        Assert.True(code == 0, $"dvc {string.Join(' ', arguments)} ended with {code}: {Error}{Out}");
        return Out;
    }

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true, UseShellExecute = false };
        using Process process = Process.Start(start)!; // only null when a process is reused
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)}: {process.ExitCode}");
        return output;
    }

    public void Commit(string message)
    {
        Git("add", "-A");
        Git("commit", "-q", "-m", message);
    }

    public void Write(string name, string content)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // the path has a folder
        File.WriteAllText(path, content);
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(Root, name));

    public bool Exists(string name) => Path.Exists(Path.Combine(Root, name));

    public string PathOf(string name) => Path.Combine(Root, name);
}

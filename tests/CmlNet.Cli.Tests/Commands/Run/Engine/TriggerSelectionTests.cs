using System.Diagnostics;
using CmlNet.Cli.Commands.Run;

namespace CmlNet.Cli.Tests.Commands.Run.Engine;

public sealed class TriggerSelectionTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cml-trigger-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public TriggerSelectionTests()
    {
        Git("init", "-q", "-b", "main");
        Git("config", "user.email", "a@b.c");
        Git("config", "user.name", "a");
        Write("train.py", "1");
        Write("docs/a.md", "1");
        Workflow("main", "push: { branches: [main] }");
        Workflow("release", "push: { branches: ['release/**'] }");
        Workflow("code", "push: { paths: ['**.py'] }");
        Workflow("docs", "push: { paths-ignore: ['**.py', '.github/**'] }");
        Commit("one");
        Write("train.py", "2");
        Commit("two");
    }

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Run_NoFile_LeavesOutWorkflowsWhoseFiltersDoNotMatchAndSaysSo()
    {
        await PlanAsync(null);

        Assert.Equal(["code", "main"], Planned());
        Assert.Equal(
            """
            .github/workflows/docs.yml: left out, as GitHub would: 'on: push' with paths-ignore does not match the event. Name the file to run it all the same.
            .github/workflows/release.yml: left out, as GitHub would: 'on: push' with branches does not match the event. Name the file to run it all the same.

            """,
            _error.ToString());
    }

    [Fact]
    public async Task Run_ChangeThatIsNotCommitted_CountsForPathFilters()
    {
        Write("docs/a.md", "2");

        await PlanAsync(null);

        Assert.Equal(["code", "docs", "main"], Planned());
    }

    [Fact]
    public async Task Run_NamedFile_RunsWithANotice()
    {
        await PlanAsync(".github/workflows/release.yml");

        Assert.Equal(["release"], Planned());
        Assert.Equal(".github/workflows/release.yml: GitHub would not run it: 'on: push' with branches does not match the event. It runs because it was named.\n", _error.ToString());
    }

    [Fact]
    public async Task Run_FiltersLeaveNothing_IsAnError()
    {
        Git("rm", "-q", ".github/workflows/main.yml", ".github/workflows/code.yml", ".github/workflows/docs.yml");

        CliException refused = await Assert.ThrowsAsync<CliException>(() => PlanAsync(null));

        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Equal("cml run: the filters of every workflow for 'push' leave it out. Name a file to run it all the same.", refused.Message);
    }

    private Task<int> PlanAsync(string? file) => new RunHandler(new CliHost
    {
        Out = _out,
        Error = _error,
        In = TextReader.Null,
        Environment = new Dictionary<string, string>(StringComparer.Ordinal),
        WorkingDirectory = _root,
        Time = TimeProvider.System,
        IsTerminal = false,
    }).RunAsync(new RunOptions { WorkflowFile = file, Plan = true }, CancellationToken.None);

    private IEnumerable<string> Planned() =>
        _out.ToString().Split('\n').Where(line => line.EndsWith(" on push", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]);

    private void Workflow(string name, string on) =>
        Write($".github/workflows/{name}.yml", $"name: {name}\non: {{ {on} }}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [ {{ run: echo }} ]\n");

    private void Write(string path, string text)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private void Commit(string message)
    {
        Git("add", "-A");
        Git("commit", "-q", "-m", message);
    }

    private void Git(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _root })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}

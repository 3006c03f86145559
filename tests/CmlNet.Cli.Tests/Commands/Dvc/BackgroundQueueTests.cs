using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>Workers that go on when the command that started them has ended.</summary>
public sealed partial class BackgroundQueueTests : IAsyncLifetime, IDisposable
{
    private readonly DvcFolder _folder = new();

    private string Log => ExperimentQueue.WorkersLogOf(DvcProject.Open(_folder.Root, _folder.Environment, TimeProvider.System));

    public async Task InitializeAsync()
    {
        // It waits for a file beside the project, so that a test says when it goes on.
        _folder.Write("dvc.yaml", $"stages:\n  train:\n    cmd:\n    - echo $$ >> {_folder.Beside("began")}; until [ -e {_folder.Beside("go")} ]; do read -t 0.05 x <> {_folder.Beside("pipe")} || :; done\n    - grep lr params.yaml > metrics.yaml\n    params: [lr]\n    metrics:\n    - metrics.yaml: {{cache: false}}\n");
        _folder.Write("params.yaml", "lr: 0.1\n");
        _folder.Environment["SHELL"] = "/bin/bash";
        await DvcProcess.OkAsync(_folder, "init", "--force", "-q");
        _folder.Commit("baseline");
        using var pipe = Process.Start("mkfifo", [_folder.Beside("pipe")]);
        await pipe.WaitForExitAsync();
    }

    public async Task DisposeAsync()
    {
        Go();
        await DvcProcess.OkAsync(_folder, "queue", "stop", "--kill");
        await UntilAsync(() => Workers().All(IsGone), "the workers ended");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_ReturnsAndItsWorkersGoOn_WithoutATerminalAndNoMoreThanAsked()
    {
        await DvcProcess.OkAsync(_folder, "exp", "run", "--queue", "-n", "e", "-S", "lr=0.2,0.3");
        Assert.StartsWith("Started '2' new experiments task queue workers.\n", await DvcProcess.OkAsync(_folder, "queue", "start", "-j", "2"), StringComparison.Ordinal);
        await UntilAsync(() => HasBegun(2), "both began");
        Assert.Contains("Worker status: 2 active, 0 idle", await StatusAsync(), StringComparison.Ordinal);
        Assert.StartsWith("Started '0' new experiments task queue worker.\n", await DvcProcess.OkAsync(_folder, "queue", "start", "-j", "2"), StringComparison.Ordinal);
        int worker = Assert.Single(Workers());
        string[] stat = File.ReadAllText($"/proc/{worker}/stat").Split(") ")[^1].Split(' ');
        Assert.Equal((worker.ToString(CultureInfo.InvariantCulture), "0"), (stat[3], stat[4])); // session, terminal
        Assert.Equal(["/dev/null", Log, Log], Enumerable.Range(0, 3).Select(i => new FileInfo($"/proc/{worker}/fd/{i}").LinkTarget));
        Go();
        await UntilAsync(async () => (await StatusAsync()).Contains("0 active, 0 idle", StringComparison.Ordinal), "the workers left");
        Assert.Equal(2, (await StatusAsync()).Split("Success").Length - 1);
        Assert.Contains("Ran experiment(s): e-2", File.ReadAllText(Log), StringComparison.Ordinal);
        Assert.Equal("e-1\ne-2\n", (await DvcProcess.OkAsync(_folder, "exp", "list", "--name-only")).TrimEnd('\n') + "\n");
    }

    [Fact]
    public async Task Start_AfterTheWorkerWasKilled_CarriesOn()
    {
        await DvcProcess.OkAsync(_folder, "exp", "run", "--queue", "-n", "again", "-S", "lr=0.4");
        await DvcProcess.OkAsync(_folder, "queue", "start");
        await UntilAsync(() => HasBegun(1), "it began");
        using (var worker = Process.GetProcessById(Assert.Single(Workers())))
            worker.Kill();
        await UntilAsync(() => Workers().All(IsGone), "the worker is gone");
        Assert.Matches("again +.* Queued\n+Worker status: 0 active, 0 idle", await StatusAsync());
        Go();
        Assert.StartsWith("Started '1' new experiments task queue worker.\n", await DvcProcess.OkAsync(_folder, "queue", "start"), StringComparison.Ordinal);
        await UntilAsync(async () => (await StatusAsync()).Contains("Success", StringComparison.Ordinal), "it ran");
    }

    [Fact]
    public async Task Stop_WithKill_EndsWhatRunsAndBeginsNothingUntilTheNextStart()
    {
        await DvcProcess.OkAsync(_folder, "exp", "run", "--queue", "-n", "first", "-S", "lr=0.2");
        await DvcProcess.OkAsync(_folder, "exp", "run", "--queue", "-n", "second", "-S", "lr=0.3");
        await DvcProcess.OkAsync(_folder, "queue", "start");
        await UntilAsync(() => HasBegun(1), "the first began");
        await DvcProcess.OkAsync(_folder, "queue", "stop", "--kill");
        await UntilAsync(async () => (await StatusAsync()).Contains("0 active, 0 idle", StringComparison.Ordinal), "the worker left");
        Assert.Matches("first +.* Failed\n.*second +.* Queued\n", await StatusAsync());
        Assert.Contains("ERROR: it was killed", await DvcProcess.OkAsync(_folder, "queue", "logs", "first"), StringComparison.Ordinal);
        Go();
        await DvcProcess.OkAsync(_folder, "queue", "start");
        await UntilAsync(async () => (await StatusAsync()).Contains("Success", StringComparison.Ordinal), "the second ran");
    }

    [Fact]
    public async Task StartWait_WhileOthersRun_ReturnsWhenTheseHaveEnded()
    {
        await DvcProcess.OkAsync(_folder, "exp", "run", "--queue", "-n", "long", "-S", "lr=0.4");
        await DvcProcess.OkAsync(_folder, "queue", "start");
        await UntilAsync(() => HasBegun(1), "it began");
        using DvcProcess waiting = DvcProcess.Start(_folder, "queue", "start", "--wait");
        await UntilAsync(async () => (await StatusAsync()).Contains("1 active, 1 idle", StringComparison.Ordinal), "the other waits");
        Assert.False(waiting.HasExited);
        Go();
        Assert.Equal(0, await waiting.EndAsync());
        Assert.Matches("long +.* Success\n", await StatusAsync());
    }

    /// <summary>A repository may hold links where the queue has its files.</summary>
    [Fact]
    public async Task Start_LinksInPlaceOfItsFiles_AreNotFollowed()
    {
        Directory.CreateDirectory(_folder.PathOf(".dvc/tmp/exps/cml-queue"));
        string victim = _folder.Beside("victim");
        foreach (string name in (string[])["workers.log", "worker-1.lock", "stop"])
            File.CreateSymbolicLink(_folder.PathOf($".dvc/tmp/exps/cml-queue/{name}"), victim);
        await DvcProcess.OkAsync(_folder, "queue", "stop");
        Assert.StartsWith("Started '1'", await DvcProcess.OkAsync(_folder, "queue", "start"), StringComparison.Ordinal);
        Assert.False(File.Exists(victim));
        using DvcProcess none = DvcProcess.Start(_folder, "queue", "start", "-j", "0");
        Assert.Equal(254, await none.EndAsync());
    }

    [GeneratedRegex("(?m)^Process ([0-9]+) has ")]
    private static partial Regex WorkerLine();

    // Nobody may be there to take notice of its end.
    private static bool IsGone(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"within a minute: {what}");
            await Task.Delay(5);
        }
    }

    private IReadOnlyList<int> Workers() => File.Exists(Log) ? [.. WorkerLine().Matches(File.ReadAllText(Log)).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))] : [];

    private Task<string> StatusAsync() => DvcProcess.OkAsync(_folder, "queue", "status");

    private bool HasBegun(int commands) => File.Exists(_folder.Beside("began")) && File.ReadAllLines(_folder.Beside("began")).Length >= commands;

    private void Go() => File.WriteAllText(_folder.Beside("go"), "");
}

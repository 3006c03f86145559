using CmlNet.Containers.Process;

namespace CmlNet.Containers.Tests.Process;

public sealed class ProcessEngineTests
{
    private static readonly StopLadder Patient = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));
    // A shell that gets SIGINT just before it starts a program waits for that program first: only SIGTERM ends it then.
    private static readonly StopLadder Quick = new(TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(300));

    private static async Task<IContainer> StartAsync(Func<ContainerSpec, ContainerSpec>? change = null, Dictionary<string, string>? variables = null)
    {
        var context = variables is null ? new EngineContext() : new EngineContext { Variable = n => variables.GetValueOrDefault(n) };
        var spec = new ContainerSpec { Name = "job", Image = "any" };
        return await new ProcessEngine(context).StartAsync(change is null ? spec : change(spec), CancellationToken.None);
    }

    private static ExecSpec Shell(string script, StopLadder? ladder = null) => new() { Command = ["sh", "-c", script], StopLadder = ladder ?? Patient };

    private static async Task CancelWhenReadyAsync(IContainer container, ExecSpec spec, CollectingSink sink)
    {
        using var cancellation = new CancellationTokenSource();
        var running = container.ExecAsync(spec, sink, cancellation.Token);
        await Eventually.TrueAsync(() => running.IsCompleted || sink.Output.EndsWith("ready\n", StringComparison.Ordinal), "the command is ready");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static bool IsRunning(string pid) => Directory.Exists($"/proc/{pid.Trim()}") && !File.ReadAllText($"/proc/{pid.Trim()}/stat").Contains(") Z ", StringComparison.Ordinal);

    [Fact]
    public async Task Probe_Host_SaysThatCommandsRunOnIt()
    {
        var info = await new ProcessEngine(new EngineContext()).ProbeAsync(CancellationToken.None);

        Assert.True(info is { Name: "process", RunsOnHost: true, SharesFileSystem: true });
    }

    [Fact]
    public async Task Exec_Output_KeepsBytesStreamsAndExitCode()
    {
        await using var container = await StartAsync();
        var sink = new CollectingSink();

        var result = await container.ExecAsync(Shell("""printf 'a\000\377\r\n'; printf oops >&2; exit 7"""), sink, CancellationToken.None);

        Assert.Equal(7, result.ExitCode);
        Assert.Equal([(byte)'a', 0, 0xFF, (byte)'\r', (byte)'\n'], sink.OutputBytes);
        Assert.Equal("oops", sink.Error);
    }

    [Fact]
    public async Task Exec_Environment_IsCleanButForTheBasics()
    {
        await using var container = await StartAsync(
            s => s with { Environment = new Dictionary<string, string> { ["FROM_SPEC"] = "1" }, WorkingDirectory = "/usr" },
            new() { ["PATH"] = "/usr/bin:/bin", ["HOME"] = "/root", ["SECRET_OF_OURS"] = "x", ["AWS_ACCESS_KEY_ID"] = "x" });
        var sink = new CollectingSink();

        await container.ExecAsync(
            new ExecSpec { Command = ["env"], Environment = new Dictionary<string, string> { ["INPUT_A-B"] = "two\nlines" } }, sink, CancellationToken.None);
        await container.ExecAsync(new ExecSpec { Command = ["pwd"] }, sink, CancellationToken.None);

        Assert.Equal(["/usr", "FROM_SPEC=1", "HOME=/root", "INPUT_A-B=two", "PATH=/usr/bin:/bin", "lines"], sink.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Exec_Signal_GivesTheShellsExitCode()
    {
        await using var container = await StartAsync();

        Assert.Equal(137, (await container.ExecAsync(Shell("kill -9 $$"), new CollectingSink(), CancellationToken.None)).ExitCode);
    }

    [Fact]
    public async Task Exec_Input_IsAtItsEnd()
    {
        await using var container = await StartAsync();

        Assert.Equal(0, (await container.ExecAsync(Shell("cat"), new CollectingSink(), CancellationToken.None)).ExitCode);
    }

    [Fact]
    public async Task Exec_ProgramThatIsNotThere_Is127()
    {
        await using var container = await StartAsync();
        var sink = new CollectingSink();

        Assert.Equal(127, (await container.ExecAsync(new ExecSpec { Command = ["no-such-program"] }, sink, CancellationToken.None)).ExitCode);
        Assert.Contains("no-such-program", sink.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exec_WorkingDirectoryThatIsNotThere_IsRefused()
    {
        await using var container = await StartAsync();

        var exception = await Assert.ThrowsAsync<EngineException>(() =>
            container.ExecAsync(Shell("true") with { WorkingDirectory = "/no/such/folder" }, new CollectingSink(), CancellationToken.None));

        Assert.Contains("/no/such/folder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exec_AnotherUser_IsRefused()
    {
        await using var container = await StartAsync();

        var exception = await Assert.ThrowsAsync<EngineException>(() => container.ExecAsync(Shell("true") with { User = "nobody" }, new CollectingSink(), CancellationToken.None));

        Assert.Equal(EngineErrorKind.Refused, exception.Kind);
    }

    [Fact]
    public async Task Cancel_CommandThatHandlesInterrupt_IsGivenTheTimeToCleanUp()
    {
        await using var container = await StartAsync();
        var sink = new CollectingSink();

        await CancelWhenReadyAsync(container, Shell("trap 'echo cleaned; exit 1' INT; echo ready; while :; do sleep 0.05; done"), sink);

        Assert.Equal("ready\ncleaned\n", sink.Output);
    }

    [Fact]
    public async Task Cancel_CommandAndChildThatIgnoreEverything_AreKilled()
    {
        await using var container = await StartAsync();
        var sink = new CollectingSink();

        await CancelWhenReadyAsync(container, Shell("trap '' INT TERM; sleep 1000 & echo $$; echo $!; echo ready; while :; do sleep 0.05; done", Quick), sink);

        var lines = sink.Output.Split('\n');
        await Eventually.TrueAsync(() => !IsRunning(lines[0]) && !IsRunning(lines[1]), "both are gone");
    }

    [Fact]
    public async Task Dispose_ProcessLeftBehind_IsKilled()
    {
        var container = await StartAsync();
        var sink = new CollectingSink();
        await container.ExecAsync(Shell("sleep 1000 & echo $!"), sink, CancellationToken.None);
        Assert.True(IsRunning(sink.Output));

        await container.DisposeAsync();

        await Eventually.TrueAsync(() => !IsRunning(sink.Output), "it is gone");
    }

    [Fact]
    public async Task Exec_SinkThatThrows_StopsTheCommandAndPassesItOn()
    {
        await using var container = await StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => container.ExecAsync(Shell("echo first; sleep 1000", Quick), new ThrowingSink(), CancellationToken.None));
    }

    [Fact]
    public async Task Exec_ManyMegabytes_ArriveWhole()
    {
        await using var container = await StartAsync();
        var sink = new CollectingSink();

        await container.ExecAsync(Shell("head -c 20000000 /dev/zero; echo done >&2"), sink, CancellationToken.None);

        Assert.Equal(20_000_000, sink.OutputBytes.Length);
        Assert.Equal("done\n", sink.Error);
    }

    private sealed class ThrowingSink : IOutputSink
    {
        public ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("the disk is full");
    }
}

using CmlNet.Testing.Docker;

namespace CmlNet.Containers.Tests.Docker;

public sealed class ExecStopperTests
{
    private static readonly StopLadder Patient = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));
    private static readonly StopLadder Quick = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500));

    private static async Task CancelWhenAsync(IContainer container, ExecSpec spec, CollectingSink sink, string output)
    {
        using var cancellation = new CancellationTokenSource();
        var running = container.ExecAsync(spec, sink, cancellation.Token);
        await Eventually.TrueAsync(() => running.IsCompleted || sink.Output.Contains(output, StringComparison.Ordinal), $"the command writes {output}");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    // As seen from inside: programs running besides the container's own and the one that looks.
    private static async Task<string> ProgramsAsync(IContainer container)
    {
        var sink = new CollectingSink();
        await container.ExecAsync(
            new ExecSpec { Command = ["python3", "-c", "import os,glob\nfor p in glob.glob('/proc/[0-9]*'):\n  n=int(p[6:])\n  if n not in (1, os.getpid()):\n    s=open(p+'/stat').read().rsplit(')',1)[1].split()[0]\n    c=open(p+'/cmdline').read().replace(chr(0),' ')\n    if s!='Z': print(c)"] },
            sink,
            CancellationToken.None);
        return sink.Output + sink.Error;
    }

    [SkippableFact]
    public async Task Cancel_CommandThatHandlesInterrupt_IsGivenTheTimeToCleanUp()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        var sink = new CollectingSink();

        await CancelWhenAsync(container, new ExecSpec { Command = ["sh", "-c", "trap 'echo cleaned; exit 1' INT; echo ready; while :; do sleep 0.05; done"], StopLadder = Patient }, sink, "ready");

        Assert.Equal("ready\ncleaned\n", sink.Output);
        Assert.Equal("", await ProgramsAsync(container));
    }

    [SkippableFact]
    public async Task Cancel_CommandThatIgnoresInterrupt_IsTerminated()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        var sink = new CollectingSink();

        await CancelWhenAsync(container, new ExecSpec { Command = ["sh", "-c", "trap '' INT; trap 'echo term; exit 1' TERM; echo ready; while :; do sleep 0.05; done"], StopLadder = Quick with { AfterTerminate = Patient.AfterTerminate } }, sink, "ready");

        Assert.Equal("ready\nterm\n", sink.Output);
        Assert.Equal("", await ProgramsAsync(container));
    }

    [SkippableFact]
    public async Task Cancel_CommandAndChildrenThatIgnoreEverything_AreKilled()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        var sink = new CollectingSink();

        await CancelWhenAsync(container, new ExecSpec { Command = ["sh", "-c", "trap '' INT TERM; (sleep 1001 & sleep 1002) & echo ready; while :; do sleep 0.05; done"], StopLadder = Quick }, sink, "ready");

        Assert.Equal("", await ProgramsAsync(container));
        Assert.True((await ((IInspectableContainer)container).InspectAsync(CancellationToken.None)).IsRunning);
    }

    [SkippableFact]
    public async Task Cancel_ChildInASessionOfItsOwn_IsFoundToo()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        var sink = new CollectingSink();

        await CancelWhenAsync(container, new ExecSpec { Command = ["sh", "-c", "setsid sh -c 'trap \"\" INT; echo ready; sleep 1003' & sleep 1004"], StopLadder = Quick }, sink, "ready");

        Assert.Equal("", await ProgramsAsync(container));
    }

    [SkippableFact]
    public async Task Cancel_OtherCommandsOfTheContainer_AreLeftAlone()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        using var other = new CancellationTokenSource();
        var otherSink = new CollectingSink();
        var bystander = container.ExecAsync(new ExecSpec { Command = ["sh", "-c", "echo up; sleep 1005"], StopLadder = Quick }, otherSink, other.Token);
        await Eventually.TrueAsync(() => otherSink.Output == "up\n", "the other command starts");

        await CancelWhenAsync(container, new ExecSpec { Command = ["sh", "-c", "echo ready; sleep 1006"], StopLadder = Quick }, new CollectingSink(), "ready");

        Assert.Contains("sleep 1005", await ProgramsAsync(container), StringComparison.Ordinal);
        Assert.False(bystander.IsCompleted);
        await other.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bystander);
    }

    [SkippableFact]
    public async Task Cancel_CommandOfAnotherUser_IsStopped()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        var sink = new CollectingSink();

        await CancelWhenAsync(container, new ExecSpec { Command = ["sh", "-c", "trap '' INT; echo ready; while :; do sleep 0.05; done"], User = "1234", StopLadder = Quick }, sink, "ready");

        Assert.Equal("", await ProgramsAsync(container));
    }

    [SkippableFact]
    public async Task Cancel_AtOnce_LeavesNothingBehind()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        foreach (var milliseconds in (int[])[1, 5, 15, 30, 60])
        {
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(milliseconds));

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                container.ExecAsync(new ExecSpec { Command = ["sleep", "1007"], StopLadder = Patient }, new CollectingSink(), cancellation.Token));

            Assert.Equal("", await ProgramsAsync(container));
        }
    }

    [SkippableFact]
    public async Task Cancel_CommandThatEndsAtThatMoment_EndsOneWayOrTheOther()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        for (var i = 0; i < 8; i++)
        {
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(20 + (i * 8)));
            try
            {
                Assert.Equal(5, (await container.ExecAsync(new ExecSpec { Command = ["sh", "-c", "exit 5"], StopLadder = Patient }, new CollectingSink(), cancellation.Token)).ExitCode);
            }
            catch (OperationCanceledException)
            {
                Assert.True(cancellation.IsCancellationRequested);
            }
        }
    }

    [SkippableFact]
    public async Task Cancel_ImageWithoutAShell_KillsTheContainer()
    {
        await using var docker = await TestEngine.RequireAsync();
        var image = await ScratchImage.BuildAsync("cmlnet-test/no-shell:1", "sleep", "tail");
        await using var container = await docker.Engine.StartAsync(docker.Spec(image) with { Entrypoint = ["/bin/sleep"] }, CancellationToken.None);

        await CancelWhenAsync(container, new ExecSpec { Command = ["/bin/tail", "-f", "/etc/hosts"], StopLadder = Patient }, new CollectingSink(), "localhost");

        Assert.False((await ((IInspectableContainer)container).InspectAsync(CancellationToken.None)).IsRunning);
        Assert.Contains(docker.Requests, r => r.EndsWith("/kill", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Exec_SinkThatThrows_StopsTheCommandAndPassesItOn()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => container.ExecAsync(
            new ExecSpec { Command = ["sh", "-c", "echo first; sleep 1009"], StopLadder = Quick }, new ThrowingSink(), CancellationToken.None));

        Assert.Equal("", await ProgramsAsync(container));
    }

    private sealed class ThrowingSink : IOutputSink
    {
        public ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("the disk is full");
    }
}

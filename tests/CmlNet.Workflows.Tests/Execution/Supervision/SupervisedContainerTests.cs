using System.Net.Sockets;
using System.Text;
using CmlNet.Containers;
using CmlNet.Workflows.Execution.Supervision;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Workflows.Tests.Execution.Supervision;

public sealed class SupervisedContainerTests
{
    private static readonly Dictionary<string, string> Surroundings = new(StringComparer.Ordinal) { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["FROM_IMAGE"] = "image", ["PWD"] = "/stale" };

    [Fact]
    public async Task Exec_Command_GetsEnvironmentAndDirectoryAndGivesStreamsAndCodeWithoutTheEngine()
    {
        await using Supervised job = Supervised.Start();
        Assert.True(await job.Container.IsSupervisedAsync());

        ExecResult result = await job.Container.ExecAsync(
            Sh("echo $FROM_IMAGE $FROM_STEP $(pwd); echo oops >&2; exit 7") with { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["FROM_STEP"] = "ünï" }, WorkingDirectory = "/usr" },
            job.Output,
            CancellationToken.None);

        Assert.Equal(7, result.ExitCode);
        Assert.Equal("image ünï /usr\n", job.Output.Text(StandardStream.Output));
        Assert.Equal("oops\n", job.Output.Text(StandardStream.Error));
        Assert.Equal(0, job.Engine.EngineCalls);
        Assert.False(File.Exists(job.SocketPath) && await CanConnectAsync(job.SocketPath), "a later process of the job must not reach the socket");
    }

    [Fact]
    public async Task Exec_MuchOutput_ArrivesWhole()
    {
        await using Supervised job = Supervised.Start();

        ExecResult result = await job.Container.ExecAsync(Sh("i=0; while [ $i -lt 200 ]; do head -c 10000 /dev/zero; i=$((i+1)); done"), job.Output, CancellationToken.None);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2_000_000, job.Output.Text(StandardStream.Output).Length);
    }

    [Fact]
    public async Task Exec_Cancelled_SignalsTheGroupThenServesTheNextCommand()
    {
        await using Supervised job = Supervised.Start();
        using var cancel = new CancellationTokenSource();
        job.Output.OnText = text =>
        {
            if (text.Contains("ready", StringComparison.Ordinal))
                cancel.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            job.Container.ExecAsync(Sh("trap 'echo asked; exit 1' INT; echo ready; while :; do sleep 0.05; done"), job.Output, cancel.Token));

        Assert.Equal("ready\nasked\n", job.Output.Text(StandardStream.Output));
        ExecResult next = await job.Container.ExecAsync(Sh("exit 5"), job.Output, CancellationToken.None);
        Assert.Equal(5, next.ExitCode);
        Assert.Equal(0, job.Engine.EngineCalls);
    }

    [Fact]
    public async Task Exec_DirectoryThatIsNotThere_SaysSo()
    {
        await using Supervised job = Supervised.Start();

        EngineException refused = await Assert.ThrowsAsync<EngineException>(() => job.Container.ExecAsync(Sh("true") with { WorkingDirectory = "/absent" }, job.Output, CancellationToken.None));

        Assert.Contains("/absent", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exec_ImageThatCannotRunIt_GoesThroughTheEngine()
    {
        await using Supervised job = Supervised.Start(_ => Task.FromResult(127));

        ExecResult result = await job.Container.ExecAsync(Sh("exit 5"), job.Output, CancellationToken.None);

        Assert.False(await job.Container.IsSupervisedAsync());
        Assert.Equal(42, result.ExitCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\x0b\xff\xff\xff\x7f")]
    [InlineData("\x63\x01\x00\x00\x00x")]
    [InlineData("\x0d\x01\x00\x00\x00x")]
    public async Task Exec_SupervisorThatDiesOrTalksNonsense_FailsTheCommandAndLeavesTheNextToTheEngine(string answer)
    {
        await using Supervised job = Supervised.Start(async path =>
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
            await using var frames = new SupervisorFrames(new NetworkStream(socket), SupervisorFrames.RequestLimit);
            await frames.WriteAsync(SupervisorFrame.Ready, Supervisor.Version, CancellationToken.None);
            await frames.ReadAsync(CancellationToken.None);
            await socket.SendAsync(Encoding.Latin1.GetBytes(answer));
            return 1;
        });

        EngineException lost = await Assert.ThrowsAsync<EngineException>(() => job.Container.ExecAsync(Sh("true"), job.Output, CancellationToken.None));

        Assert.Equal(EngineErrorKind.Lost, lost.Kind);
        Assert.Equal(42, (await job.Container.ExecAsync(Sh("true"), job.Output, CancellationToken.None)).ExitCode);
    }

    [Fact]
    public async Task Exec_OutputThatCannotBeWritten_EndsWithThatErrorAndLeavesTheNextToTheEngine()
    {
        foreach (Exception broken in new Exception[] { new IOException("disk full"), new InvalidOperationException("nobody reads") })
        {
            await using Supervised job = Supervised.Start();
            job.Output.OnText = _ => throw broken;
            Assert.Same(broken, await Assert.ThrowsAnyAsync<Exception>(() => job.Container.ExecAsync(Sh("echo one; exit 3"), job.Output, CancellationToken.None)));
            job.Output.OnText = null;
            Assert.Equal(42, (await job.Container.ExecAsync(Sh("true"), job.Output, CancellationToken.None)).ExitCode);
        }
    }

    [Fact]
    public async Task Exec_EngineLost_EndsTheCommandWithTheEnginesMessage()
    {
        var lost = new TaskCompletionSource<int>();
        await using Supervised job = Supervised.Start(path => Task.WhenAny(Supervisor.RunAsync(path, Surroundings, TextWriter.Null, TimeProvider.System, CancellationToken.None), lost.Task).Unwrap());
        job.Output.OnText = _ => lost.TrySetException(new EngineException(EngineErrorKind.Lost, "the engine went away"));

        EngineException end = await Assert.ThrowsAsync<EngineException>(() => job.Container.ExecAsync(Sh("echo ready; sleep 20"), job.Output, CancellationToken.None));

        Assert.Equal("the engine went away", end.Message);
    }

    private static ExecSpec Sh(string script) => new() { Command = ["sh", "-c", script] };

    private static async Task<bool> CanConnectAsync(string path)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private sealed class Supervised(SupervisedContainer container, InProcessContainer engine, string socketPath) : IAsyncDisposable
    {
        public SupervisedContainer Container => container;

        public InProcessContainer Engine => engine;

        public string SocketPath => socketPath;

        public TextOutput Output { get; } = new();

        public static Supervised Start(Func<string, Task<int>>? supervise = null)
        {
            SupervisorSocket socket = SupervisorSocket.TryCreate()!;
            supervise ??= path => Supervisor.RunAsync(path, Surroundings, TextWriter.Null, TimeProvider.System, CancellationToken.None);
            var engine = new InProcessContainer(StartAsync(supervise, socket.HostPath));
            return new Supervised(new SupervisedContainer(engine, socket, TimeProvider.System, NullLogger.Instance), engine, socket.HostPath);
        }

        public ValueTask DisposeAsync() => container.DisposeAsync();

        // As the script does that is a container's first process.
        private static async Task StartAsync(Func<string, Task<int>> supervise, string path)
        {
            if (await supervise(path) != 0)
                await File.WriteAllTextAsync(SupervisorSocket.FailureOf(path), "failed");
        }
    }

    private sealed class TextOutput : IOutputSink
    {
        private readonly Dictionary<StandardStream, MemoryStream> _streams = new() { [StandardStream.Output] = new(), [StandardStream.Error] = new() };

        public Action<string>? OnText { get; set; }

        public string Text(StandardStream stream) => Encoding.UTF8.GetString(_streams[stream].ToArray());

        public ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            _streams[stream].Write(data.Span);
            OnText?.Invoke(Text(stream));
            return ValueTask.CompletedTask;
        }
    }
}

using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CmlNet.Containers;
using CmlNet.Containers.Process;

namespace CmlNet.Workflows.Execution.Supervision;

/// <summary>
/// The other side of <see cref="SupervisedContainer"/>, inside the job's container: connects to the socket that <c>cml run</c>
/// listens on and runs one command after the other, each in a process group of its own, until the connection ends.
/// </summary>
public static class Supervisor
{
    /// <summary>The hidden command of <c>cml</c> that runs it, with the socket's path as its argument.</summary>
    public const string CommandName = "__supervise";

    /// <summary>Of the supervisor itself: its shell's, and the engine's mark of its exec.</summary>
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal) { "PWD", "OLDPWD", "SHLVL", "_", "CMLNET_EXEC" };

    /// <param name="socketPath">In the mounted control directory.</param>
    /// <param name="environment">The container's own, below that of each command.</param>
    /// <param name="error">Told why, when it cannot.</param>
    /// <param name="time">Clock of the waits between signals.</param>
    /// <returns>0, or 1 when there is nothing to connect to or no program to start commands with: <c>cml run</c> then does without.</returns>
    public static async Task<int> RunAsync(string socketPath, IReadOnlyDictionary<string, string> environment, TextWriter error, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(error);
        try
        {
            // A shell starts it in the background, and lets such processes ignore what stops a step.
            InheritedSignals.Heed();
            var context = new EngineContext { Time = time, Variable = name => environment.GetValueOrDefault(name) };
            IContainerEngine processes = ContainerServices.Resolve("process", context);
            await using IContainer here = await processes.StartAsync(new ContainerSpec { Name = "job", Image = "", Environment = ForCommands(environment) }, cancellationToken);
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
            await using var frames = new SupervisorFrames(new NetworkStream(socket), SupervisorFrames.RequestLimit);
            await frames.WriteAsync(SupervisorFrame.Ready, Version, cancellationToken);
            await ServeAsync(here, frames, cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is EngineException or SocketException or IOException)
        {
            await error.WriteLineAsync($"cml: the job's commands cannot be supervised: {e.Message}");
            return 1;
        }
    }

    /// <summary>Both sides are the same file; anything else is not spoken to.</summary>
    internal static ReadOnlyMemory<byte> Version { get; } = "cml-supervisor-1"u8.ToArray();

    private static Dictionary<string, string> ForCommands(IReadOnlyDictionary<string, string> environment) =>
        environment.Where(pair => !Own.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal);

    private static async Task ServeAsync(IContainer here, SupervisorFrames frames, CancellationToken cancellationToken)
    {
        Task<(SupervisorFrame Kind, ReadOnlyMemory<byte> Body)?> reading = frames.ReadAsync(cancellationToken);
        while (await reading is { } message)
        {
            reading = frames.ReadAsync(cancellationToken);
            if (message.Kind != SupervisorFrame.Run || JsonSerializer.Deserialize(message.Body.Span, SupervisorJson.Default.SupervisorRequest) is not { } request)
                continue; // A stop that came too late.
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task running = RunAsync(here, request, frames, stop.Token);
            // While a command runs only a stop, or the end, can come.
            if (await Task.WhenAny(running, reading) == reading)
                await stop.CancelAsync();
            await running;
        }
    }

    private static async Task RunAsync(IContainer here, SupervisorRequest request, SupervisorFrames frames, CancellationToken cancellationToken)
    {
        var spec = new ExecSpec
        {
            Command = request.Command,
            Environment = request.Environment,
            WorkingDirectory = request.WorkingDirectory,
            StopLadder = new StopLadder(TimeSpan.FromMilliseconds(request.AfterInterrupt), TimeSpan.FromMilliseconds(request.AfterTerminate)),
        };
        SupervisorFrame kind;
        byte[] body = [];
        try
        {
            ExecResult result = await here.ExecAsync(spec, new SupervisorOutput(frames), cancellationToken);
            body = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(body, result.ExitCode);
            kind = SupervisorFrame.Exited;
        }
        catch (OperationCanceledException)
        {
            kind = SupervisorFrame.Stopped;
        }
        catch (EngineException e)
        {
            body = Encoding.UTF8.GetBytes(e.Message);
            kind = SupervisorFrame.Refused;
        }
        await frames.WriteAsync(kind, body, CancellationToken.None);
    }
}

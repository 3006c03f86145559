using System.Net.Sockets;
using CmlNet.Containers;
using CmlNet.Workflows.Execution.Directories;

namespace CmlNet.Workflows.Execution.Supervision;

/// <summary>
/// Where a job's supervisor connects to: a socket in a folder of its own, which is mounted into the container. It takes one
/// connection, before any step runs, and is gone then: no later process of the job can speak in the supervisor's place.
/// </summary>
internal sealed class SupervisorSocket : IDisposable
{
    /// <summary>As the job sees the folder.</summary>
    public const string JobFolder = "/__cml/control";

    private const string Name = "s";
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(25);

    private readonly OwnedFolder _folder;
    private readonly Socket _listener;

    private SupervisorSocket(OwnedFolder folder, Socket listener) => (_folder, _listener) = (folder, listener);

    /// <summary>The socket on this machine.</summary>
    public string HostPath => Path.Combine(_folder.Path, "c", Name);

    public Mount Mount => new(Path.Combine(_folder.Path, "c"), JobFolder);

    /// <summary>Beside the socket: something is written to it when the supervisor cannot be started.</summary>
    public static string FailureOf(string socketPath) => socketPath + ".failed";

    /// <summary>As the job sees it.</summary>
    public static string PathInJob => $"{JobFolder}/{Name}";

    /// <summary>Null when this machine has no such sockets.</summary>
    public static SupervisorSocket? TryCreate()
    {
        if (OperatingSystem.IsWindows())
            return null;
        // Not below the run's scratch folder: a socket's path has at most about a hundred bytes. Only its owner gets into the outer
        // folder; in the container, whose user is not known, the inner one is open.
        OwnedFolder? folder = null;
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            folder = OwnedFolder.Create(Path.GetTempPath());
            string inner = Directory.CreateDirectory(Path.Combine(folder.Path, "c")).FullName;
            File.SetUnixFileMode(inner, (UnixFileMode)0b111_101_101);
            string path = Path.Combine(inner, Name);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
            listener.Listen(1);
            File.WriteAllBytes(FailureOf(path), []);
            File.SetUnixFileMode(FailureOf(path), (UnixFileMode)0b110_110_110);
            return new SupervisorSocket(folder, listener);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            listener.Dispose();
            folder?.Dispose();
            return null;
        }
    }

    /// <summary>Removes the folders of runs that were killed.</summary>
    public static void RemoveLeftovers() => OwnedFolder.RemoveLeftovers(Path.GetTempPath());

    /// <summary>The supervisor's connection, once it has said that it is ready; null when it is none.</summary>
    public async Task<SupervisorFrames?> AcceptAsync(CancellationToken cancellationToken)
    {
        Socket socket = await _listener.AcceptAsync(cancellationToken);
        _listener.Dispose();
        var frames = new SupervisorFrames(new NetworkStream(socket, ownsSocket: true), SupervisorFrames.AnswerLimit);
        if (await frames.ReadAsync(cancellationToken) is { Kind: SupervisorFrame.Ready, Body: var version } && version.Span.SequenceEqual(Supervisor.Version.Span))
            return frames;
        await frames.DisposeAsync();
        return null;
    }

    /// <summary>Completes when the container has said that no supervisor will come.</summary>
    public async Task FailedAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        while (new FileInfo(FailureOf(HostPath)) is { Exists: true, Length: 0 })
            await Task.Delay(LookInterval, time, cancellationToken);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }
}

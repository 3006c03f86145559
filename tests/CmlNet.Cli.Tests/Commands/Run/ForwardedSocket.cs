using System.Collections.Concurrent;
using System.Net.Sockets;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>A unix socket that forwards to another until it is cut: the engine that goes away in the middle.</summary>
internal sealed class ForwardedSocket : IAsyncDisposable
{
    private readonly string _target;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly ConcurrentBag<Task> _forwarding = [];
    private readonly Task _accepting;

    public ForwardedSocket(string path, string target)
    {
        (Path, _target) = (path, target);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public string Path { get; }

    /// <summary>Ends every connection and takes no more.</summary>
    public async Task CutAsync()
    {
        _listener.Dispose();
        File.Delete(Path);
        await _accepting;
        foreach (Socket socket in _sockets)
            socket.Dispose();
        await Task.WhenAll(_forwarding);
    }

    public ValueTask DisposeAsync() => new(CutAsync());

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptAsync();
                var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await engine.ConnectAsync(new UnixDomainSocketEndPoint(_target));
                _sockets.Add(client);
                _sockets.Add(engine);
                _forwarding.Add(ForwardAsync(client, engine));
                _forwarding.Add(ForwardAsync(engine, client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private static async Task ForwardAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
            {
                for (int sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Either end is gone.
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CmlNet.Testing.Hosting;

/// <summary>An HTTP proxy on the loopback interface that asks for a password: whole addresses in requests, and tunnels for HTTPS.</summary>
public sealed class FakeProxy : IAsyncDisposable
{
    public const string Password = "proxy-p4ssword";

    private const int LargestHead = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _exchanges = [];
    private readonly Task _accepting;

    public FakeProxy()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>With user and password in it.</summary>
    public string Url => $"http://me:{Password}@127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Names that only this proxy knows, and the port of this machine that each stands for.</summary>
    public ConcurrentDictionary<string, int> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>First line of every request that showed the password.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_exchanges);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _exchanges.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                while (await ReadHeadAsync(stream) is { } head)
                {
                    if (!await AnswerAsync(stream, head))
                        return;
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two ends has gone.
            }
        }
    }

    /// <returns>Whether the connection may be used for another request.</returns>
    private async Task<bool> AnswerAsync(NetworkStream client, string head)
    {
        string[] lines = head.Split("\r\n");
        string expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:" + Password));
        if (!lines.Any(l => l.StartsWith("Proxy-Authorization:", StringComparison.OrdinalIgnoreCase) && l.EndsWith(expected, StringComparison.Ordinal)))
        {
            await WriteAsync(client, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n");
            return LengthOf(lines) == 0;
        }

        Requests.Enqueue(lines[0]);
        string[] parts = lines[0].Split(' ');
        bool isTunnel = parts[0] == "CONNECT";
        var target = new Uri(isTunnel ? "https://" + parts[1] : parts[1]);
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, Names.GetValueOrDefault(target.Host, target.Port), _stopping.Token);
        NetworkStream upstream = server.GetStream();
        if (isTunnel)
        {
            await WriteAsync(client, "HTTP/1.1 200 Connection established\r\n\r\n");
        }
        else
        {
            IEnumerable<string> kept = lines.Skip(1).Where(l => l.Length > 0 && !l.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase) && !l.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase));
            await WriteAsync(upstream, $"{parts[0]} {target.PathAndQuery} {parts[2]}\r\n{string.Concat(kept.Select(l => l + "\r\n"))}Connection: close\r\n\r\n");
        }

        await Task.WhenAny(client.CopyToAsync(upstream, _stopping.Token), upstream.CopyToAsync(client, _stopping.Token));
        return false;
    }

    private static int LengthOf(string[] lines) =>
        lines.Where(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(l => int.Parse(l.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();

    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        byte[] one = new byte[1];
        while (head.Count < LargestHead && await stream.ReadAsync(one, _stopping.Token) > 0)
        {
            head.Add(one[0]);
            if (head.Count > 3 && head[^1] == '\n' && head[^3] == '\n')
                return Encoding.ASCII.GetString([.. head]);
        }

        return null;
    }

    private Task WriteAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), _stopping.Token).AsTask();
}

using System.Globalization;
using System.Net.Sockets;

namespace CmlNet.Workflows.Execution.Forwarding;

/// <summary>One forwarded connection, both ways, each until its sender is done.</summary>
internal static class Relay
{
    /// <summary>Never throws: a connection that breaks is its two ends' affair.</summary>
    public static async Task RunAsync(Socket accepted, string target, CancellationToken cancellationToken)
    {
        try
        {
            using (accepted)
            using (Socket connected = await ConnectAsync(target, cancellationToken))
                await Task.WhenAll(CopyAsync(accepted, connected, cancellationToken), CopyAsync(connected, accepted, cancellationToken));
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Closed on both sides by now, as it would be without us in between.
            return;
        }
    }

    private static async Task<Socket> ConnectAsync(string target, CancellationToken cancellationToken)
    {
        bool isPath = target.StartsWith('/');
        var socket = isPath ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (isPath)
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(target), cancellationToken);
            else
            {
                int colon = target.LastIndexOf(':');
                socket.NoDelay = true;
                await socket.ConnectAsync(target[..colon], int.Parse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture), cancellationToken);
            }
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, cancellationToken) is var length and > 0)
            {
                for (int sent = 0; sent < length;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), cancellationToken);
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One half is broken: the other has nobody left to talk to.
            from.Dispose();
            to.Dispose();
        }
    }
}

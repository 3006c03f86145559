using System.Net;
using System.Net.Sockets;

namespace CmlNet.Runner.Tests;

/// <summary>Ports for a daemon that is told which one to listen on.</summary>
internal static class FreePort
{
    // Below those that the system hands out itself: nobody else gets one of these before the daemon does.
    private const int First = 20_000;
    private const int Count = 10_000;
    private static int _next = Random.Shared.Next(Count);

    public static int Take()
    {
        while (true)
        {
            int port = First + (Interlocked.Increment(ref _next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's own.
            }
        }
    }
}

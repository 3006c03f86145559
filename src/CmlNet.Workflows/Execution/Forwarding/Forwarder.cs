using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CmlNet.Workflows.Execution.Forwarding;

/// <summary>
/// Runs inside a job's container: listens on ports of its loopback interface and passes connections on, to a service under its name
/// or to a Unix socket that is mounted. So a step finds at <c>localhost</c> what GitHub's machines have there.
/// </summary>
public static class Forwarder
{
    /// <summary>The hidden command of <c>cml</c> that runs it, with rules (<c>PORT=HOST:PORT</c>, <c>PORT=/SOCKET</c>) as its arguments.</summary>
    public const string CommandName = "__forward";

    /// <summary>Printed as soon as every port is listened on.</summary>
    public const string Ready = "ready";

    /// <returns>1 when a port cannot be had; otherwise only the cancellation ends it.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> rules, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        var listeners = new List<(Socket Listener, string Target)>();
        try
        {
            foreach (string text in rules)
            {
                ForwardRule rule = ForwardRule.Parse(text) ?? throw new ArgumentException($"'{text}' is not PORT=TARGET", nameof(rules));
                listeners.AddRange(Listen(rule.Port).Select(listener => (listener, rule.Target)));
            }
            await output.WriteLineAsync(Ready);
            await output.FlushAsync(cancellationToken);
            await Task.WhenAll(listeners.Select(pair => AcceptAsync(pair.Listener, () => pair.Target, cancellationToken)));
            return 0;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            await error.WriteLineAsync($"cml: ports cannot be forwarded: {e.Message}");
            return 1;
        }
        finally
        {
            listeners.ForEach(pair => pair.Listener.Dispose());
        }
    }

    /// <summary>Takes connections until the token is cancelled or the listener is closed.</summary>
    /// <param name="listener">Listens.</param>
    /// <param name="target">Asked with the first connection.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task AcceptAsync(Socket listener, Func<string> target, CancellationToken cancellationToken)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                Socket accepted = await listener.AcceptAsync(cancellationToken);
                connections.RemoveAll(connection => connection.IsCompleted);
                connections.Add(Relay.RunAsync(accepted, target(), cancellationToken));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted })
        {
            await Task.WhenAll(connections);
        }
    }

    /// <summary>IPv4, and IPv6 where there is one: programs try either for <c>localhost</c>.</summary>
    private static IEnumerable<Socket> Listen(int port)
    {
        yield return Listen(IPAddress.Loopback, port);
        Socket? second = null;
        try
        {
            second = Listen(IPAddress.IPv6Loopback, port);
        }
        catch (SocketException)
        {
            // Containers often have no IPv6.
        }
        if (second is not null)
            yield return second;
    }

    private static Socket Listen(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new SocketException((int)e.SocketErrorCode, string.Create(CultureInfo.InvariantCulture, $"port {port}: {e.Message}"));
        }
    }
}

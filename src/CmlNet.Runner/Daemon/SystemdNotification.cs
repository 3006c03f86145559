using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CmlNet.Runner.Daemon;

/// <summary>Tells systemd how the daemon is (sd_notify(3)); nothing happens outside of a unit with Type=notify.</summary>
internal static class SystemdNotification
{
    /// <summary>How often systemd wants to hear that the daemon is alive, twice over (sd_watchdog_enabled(3)); null when it does not.</summary>
    public static TimeSpan? FindWatchdog(Func<string, string?> variable)
    {
        bool isOurs = variable("WATCHDOG_PID") is not { Length: > 0 } pid || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return isOurs && long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds) && microseconds is > 0 and < int.MaxValue * 1000L
            ? TimeSpan.FromMicroseconds(microseconds / 2)
            : null;
    }

    public static void Send(string state, Func<string, string?> variable)
    {
        if (variable("NOTIFY_SOCKET") is not { Length: > 1 } path)
            return;
        // An @ stands for the abstract namespace's NUL.
        string address = path[0] == '@' ? '\0' + path[1..] : path;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(address));
        }
        catch (SocketException)
        {
            // Nobody listens: systemd has its own time-out for that.
        }
    }
}

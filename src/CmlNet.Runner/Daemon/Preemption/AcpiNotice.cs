using System.Net.Sockets;

namespace CmlNet.Runner.Daemon.Preemption;

/// <summary>Listens to acpid for the power button, which hypervisors press before they take a machine away (acpid(8): one event a line).</summary>
internal sealed class AcpiNotice(string socketPath) : IPreemptionNotice
{
    public async Task<string> WaitAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        }
        catch (SocketException exception)
        {
            throw new IOException($"Nobody listens at {socketPath}: {exception.Message} Install and start acpid, or take preemption.acpi away.", exception);
        }

        await using var stream = new NetworkStream(socket, ownsSocket: false);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("button/power", StringComparison.Ordinal))
                return "the power button was pressed";
        }

        throw new IOException($"acpid at {socketPath} closed the connection.");
    }
}

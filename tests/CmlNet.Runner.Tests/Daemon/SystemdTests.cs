using System.Net.Sockets;
using System.Text;
using CmlNet.Runner.Daemon;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>What the daemon's surroundings tell it by sockets and signals.</summary>
public sealed class SystemdTests
{
    [Fact]
    public async Task Watchdog_OfTheUnit_IsToldAgainAndAgain()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        string path = Path.Combine(scene.Folder, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        scene.Adjust = surroundings => surroundings with { Variable = name => name switch { "NOTIFY_SOCKET" => path, "WATCHDOG_USEC" => "20000", _ => surroundings.Variable(name) } };
        await scene.StartDaemonAsync();
        Assert.Equal("READY=1\nSTATUS=Taking jobs", await ReceiveAsync(systemd));
        for (int i = 0; i < 3; i++)
            Assert.Equal("WATCHDOG=1", await ReceiveAsync(systemd));
    }

    [Theory]
    [InlineData("30000000", null, 15_000.0)]
    [InlineData("30000000", "1", null)]
    [InlineData("soon", null, null)]
    [InlineData("0", null, null)]
    [InlineData("18446744073709551615", null, null)]
    [InlineData(null, null, null)]
    public void Watchdog_OfTheEnvironment_IsHalfOfItsTimeAndNotAnothersProcess(string? time, string? pid, double? expected) =>
        Assert.Equal(expected, SystemdNotification.FindWatchdog(name => name switch { "WATCHDOG_USEC" => time, "WATCHDOG_PID" => pid, _ => null })?.TotalMilliseconds);

    // The terminal is closed.
    [Fact]
    public async Task Hangup_OfTheTerminal_EndsAsAnyOtherSignal()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: gpu1, min-idle: 1 }]");
        await scene.StartDaemonAsync("env", "--default-signal=HUP");
        await scene.Daemon.SignalAsync("HUP");
        Assert.Equal(0, await scene.Daemon.EndedAsync());
        Assert.Empty(scene.Engine.Present);
    }

    // nohup(1)
    [Fact]
    public async Task Hangup_ThatIsIgnored_ChangesNothing()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: gpu1 }]");
        await scene.StartDaemonAsync("env", "--ignore-signal=HUP");
        await scene.Daemon.SignalAsync("HUP");
        FakeJob job = scene.Service.Queue("gpu1");
        await scene.UntilCleanAsync(job);
        Assert.Equal(0, await scene.Daemon.StopAsync());
        Assert.Contains("job", scene.Daemon.Log, StringComparison.Ordinal);
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        byte[] buffer = new byte[4096];
        using var limit = new CancellationTokenSource(Polling.Patience);
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
    }
}

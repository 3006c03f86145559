using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CmlNet.Workflows.Execution.Forwarding;

namespace CmlNet.Workflows.Tests.Execution.Forwarding;

public sealed class ForwarderTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(1));
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-fwd-").FullName;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ConnectionOfEitherKind_PassesBothWaysUntilEachSideIsDone(bool unix)
    {
        using Socket target = unix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        string path = Path.Combine(_folder, "s");
        target.Bind(unix ? new UnixDomainSocketEndPoint(path) : new IPEndPoint(IPAddress.Loopback, 0));
        target.Listen();
        int port = FreePort();
        using var said = new Said();
        Task<int> running = Forwarder.RunAsync([$"{port}={(unix ? path : $"127.0.0.1:{((IPEndPoint)target.LocalEndPoint!).Port}")}"], said, TextWriter.Null, _stop.Token);
        await said.Ready.WaitAsync(_stop.Token);

        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
        using Socket served = await target.AcceptAsync(_stop.Token);
        byte[] large = new byte[3_000_000];
        new Random(7).NextBytes(large);
        Task sending = Task.Run(async () =>
        {
            await client.SendAsync(large, _stop.Token);
            client.Shutdown(SocketShutdown.Send);
        });

        // The whole question comes, with its end, before the answer is given.
        byte[] question = await ReadToEndAsync(served);
        Assert.Equal(large, question);
        await served.SendAsync(Encoding.UTF8.GetBytes("answer"), _stop.Token);
        served.Shutdown(SocketShutdown.Both);
        Assert.Equal("answer", Encoding.UTF8.GetString(await ReadToEndAsync(client)));
        await sending;

        await _stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task Run_TargetThatIsNotThere_ClosesTheConnectionAndGoesOn()
    {
        int port = FreePort();
        using var said = new Said();
        Task<int> running = Forwarder.RunAsync([$"{port}={_folder}/nobody"], said, TextWriter.Null, _stop.Token);
        await said.Ready.WaitAsync(_stop.Token);
        for (int i = 0; i < 3; i++)
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
            Assert.Empty(await ReadToEndAsync(client));
        }
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task Run_PortThatIsTaken_SaysWhich()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        using var error = new StringWriter();
        Assert.Equal(1, await Forwarder.RunAsync([$"{port}=web:80"], TextWriter.Null, error, _stop.Token));
        Assert.StartsWith($"cml: ports cannot be forwarded: port {port}: ", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("80=web:8080", true)]
    [InlineData("80=/a/b=c", true)]
    [InlineData("80=", false)]
    [InlineData("x=web:80", false)]
    [InlineData("99999=web:80", false)]
    [InlineData("80", false)]
    public void Rule_OfTheForm_IsTakenAndPrintedAsItWas(string text, bool taken) =>
        Assert.Equal(taken ? text : null, ForwardRule.Parse(text)?.ToString());

    private async Task<byte[]> ReadToEndAsync(Socket socket)
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[100_000];
        try
        {
            while (await socket.ReceiveAsync(buffer, _stop.Token) is var length and > 0)
                all.Write(buffer, 0, length);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Closed, the hard way.
        }
        return all.ToArray();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private sealed class Said() : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ready => _ready.Task;

        public override Task WriteLineAsync(string? value)
        {
            if (value == Forwarder.Ready)
                _ready.TrySetResult();
            return base.WriteLineAsync(value);
        }
    }
}

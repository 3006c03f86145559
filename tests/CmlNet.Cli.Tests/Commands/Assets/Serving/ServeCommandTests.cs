using System.Net.Sockets;
using System.Text;
using CmlNet.Cli.Tests.Commands.Run;

namespace CmlNet.Cli.Tests.Commands.Assets.Serving;

/// <summary>The server as a process: signals, crashes.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cml-serve-");

    public void Dispose() => _directory.Delete(recursive: true);

    [SkippableFact]
    public async Task Serve_KilledDuringAnUpload_KeepsWhatWasStoredAndNothingElse()
    {
        using var client = new HttpClient();
        string kept;
        await using (CmlProcess first = Start())
        {
            Uri address = await AddressAsync(first);
            kept = await StoreAsync(client, address, "kept");
            using Socket upload = await BeginUploadAsync(address, declared: 1_000_000, sent: 500_000);
            await Until.TrueAsync(() => Incoming().Sum(f => f.Length) > 0, () => "the upload to reach the disk");
            await first.SignalAsync("KILL");
            await first.WaitAsync();
        }

        Assert.NotEmpty(Incoming());
        await using CmlProcess second = Start();
        Uri again = await AddressAsync(second);
        Assert.Empty(Incoming());
        Assert.Equal("kept", await client.GetStringAsync(new Uri(again, new Uri(kept).AbsolutePath)));
        Assert.Equal(new Uri(kept).AbsolutePath, new Uri(await StoreAsync(client, again, "kept")).AbsolutePath);
    }

    [SkippableFact]
    public async Task Serve_ToldToStop_FinishesTheUploadUnderWay()
    {
        await using CmlProcess server = Start();
        Uri address = await AddressAsync(server);
        using Socket upload = await BeginUploadAsync(address, declared: 200_000, sent: 100_000);
        await Until.TrueAsync(() => Incoming().Length > 0, () => "the upload to begin");
        await server.SignalAsync("TERM");
        await Until.TrueAsync(() => IsRefusedAsync(address), () => "the port to be closed");
        await upload.SendAsync(Encoding.ASCII.GetBytes(new string('x', 100_000)));
        string answer = await ReadAllAsync(upload);
        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        CmlResult result = await server.WaitAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("stopped\"}\n", result.Error, StringComparison.Ordinal);
    }

    private CmlProcess Start() => CmlProcess.Start(_directory.FullName, ["asset", "serve", "--directory=vault", "--listen=127.0.0.1:0"]);

    private FileInfo[] Incoming() => new DirectoryInfo(Path.Combine(_directory.FullName, "vault", "incoming")).GetFiles();

    private static async Task<Uri> AddressAsync(CmlProcess process)
    {
        await process.SeesAsync("http://127.0.0.1:");
        await Until.TrueAsync(() => process.Output.Contains('\n', StringComparison.Ordinal), () => "the address");
        return new Uri(process.Output.Trim());
    }

    private static async Task<string> StoreAsync(HttpClient client, Uri address, string text)
    {
        using HttpResponseMessage reply = await client.PostAsync(address, new StringContent(text));
        return await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private static async Task<Socket> BeginUploadAsync(Uri address, int declared, int sent)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\nContent-Length: {declared}\r\n\r\n" + new string('x', sent)));
        return socket;
    }

    private static async Task<bool> IsRefusedAsync(Uri address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task<string> ReadAllAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}

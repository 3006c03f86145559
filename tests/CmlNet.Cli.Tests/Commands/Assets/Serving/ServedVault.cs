using System.Net;
using CmlNet.Cli.Commands.Assets.Serving;
using CmlNet.Publishing.Assets.Serving;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Cli.Tests.Commands.Assets.Serving;

/// <summary>An asset server in this process, over a directory of its own.</summary>
internal sealed class ServedVault : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cml-vault-");
    private readonly AssetVault _vault;
    private readonly AssetServer _server;

    private ServedVault(string? token, Uri? publicUrl, long sizeLimit)
    {
        _vault = AssetVault.Open(new AssetVaultOptions { Directory = _directory.FullName, SizeLimit = sizeLimit });
        _server = new AssetServer(new IPEndPoint(IPAddress.Loopback, 0), sizeLimit, new AssetResponder(_vault, publicUrl, token, NullLogger.Instance), NullLogger.Instance);
    }

    public string Url { get; private set; } = "";

    public HttpClient Client { get; } = new();

    public string FilesDirectory => Path.Combine(_directory.FullName, "files");

    public static async Task<ServedVault> StartAsync(string? token = null, Uri? publicUrl = null, long sizeLimit = 1 << 20)
    {
        var served = new ServedVault(token, publicUrl, sizeLimit);
        served.Url = await served._server.StartAsync(CancellationToken.None);
        return served;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync(CancellationToken.None);
        _server.Dispose();
        _vault.Dispose();
        _directory.Delete(recursive: true);
    }
}

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Testing.Hosting;

namespace CmlNet.Dvc.Tests.Remotes;

/// <summary>A remote behind a certificate that only a company's own authority vouches for.</summary>
public sealed class ServerCertificatesTests : IDisposable
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1", ClientUsage = "1.3.6.1.5.5.7.3.2";
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("localhost", "authority", true)]
    [InlineData("localhost", "false", true)]
    [InlineData("other.example", "false", true)]
    [InlineData("other.example", "authority", false)]
    [InlineData("localhost", "true", false)]
    [InlineData("localhost", null, false)]
    [InlineData("localhost", "authority", true, ServerUsage)]
    [InlineData("localhost", "authority", false, ClientUsage)]
    [InlineData("localhost", "off", true)]
    [InlineData("localhost", "on", false)]
    [InlineData("localhost", "relative", true)]
    public async Task Exists_OverHttps_TrustsWhomTheUserTrusts(string name, string? verify, bool isTrusted, string? usage = null)
    {
        using X509Certificate2 authority = TestCertificates.Authority();
        using X509Certificate2 certificate = TestCertificates.Issue(authority, name, usage);
        string file = Path.Combine(_folder, "ca.pem");
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem());
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, certificate);
        Task<bool> asked = AskAsync($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/data", verify switch { "authority" => file, "relative" => "../../ca.pem", _ => verify }); // relative to .dvc/config
        if (isTrusted)
            Assert.False(await asked);
        else
            Assert.True(IsRefused(await Assert.ThrowsAnyAsync<Exception>(() => asked)));
        listener.Stop();
        await serving;
    }

    [Fact]
    public async Task Exists_FileWithoutCertificate_SaysSo()
    {
        string file = Path.Combine(_folder, "ca.pem");
        await File.WriteAllTextAsync(file, "nothing");
        Assert.Contains("has no certificate in it", (await Assert.ThrowsAsync<DvcException>(() => AskAsync("https://localhost:1/x", file))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<DvcException>(() => AskAsync("https://localhost:1/x", file + ".not"))).Message, StringComparison.Ordinal);
    }

    private static bool IsRefused(Exception? failure) => failure is AuthenticationException || (failure is not null && IsRefused(failure.InnerException));

    private async Task<bool> AskAsync(string url, string? verify)
    {
        string root = Path.Combine(_folder, "project");
        Directory.CreateDirectory(Path.Combine(root, ".dvc"));
        await File.WriteAllTextAsync(Path.Combine(root, ".dvc", "config"), $"[core]\n    no_scm = true\n    remote = r\n['remote \"r\"']\n    url = {url}\n{(verify is null ? "" : $"    ssl_verify = {verify}\n")}");
        var project = DvcProject.Open(root, new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = _folder, ["DVC_SYSTEM_CONFIG_DIR"] = _folder }, TimeProvider.System);
        using var client = new HttpClient();
        await using var stores = new RemoteStores(project, client);
        return await stores.Open(null).Store.ExistsAsync("x", CancellationToken.None);
    }

    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                await using var stream = new SslStream(client.GetStream());
                try
                {
                    await stream.AuthenticateAsServerAsync(certificate);
                    _ = await stream.ReadAsync(new byte[4096]);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                }
                catch (Exception e) when (e is IOException or AuthenticationException)
                {
                    continue; // refused, as some of the tests want it
                }
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return; // the test is over
        }
    }
}

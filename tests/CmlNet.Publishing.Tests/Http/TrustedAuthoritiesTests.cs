using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CmlNet.Publishing.Assets;
using CmlNet.Testing.Hosting;

namespace CmlNet.Publishing.Tests.Http;

/// <summary>HTTPS with a certificate that only a company's own authority vouches for.</summary>
public sealed class TrustedAuthoritiesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("other.example", false)]
    public async Task Store_OverHttps_TrustsTheAuthorityForItsNamesOnly(string name, bool isTrusted)
    {
        using X509Certificate2 authority = TestCertificates.Authority();
        using X509Certificate2 certificate = TestCertificates.Issue(authority, name);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, certificate);
        string file = _directory.WriteText("ca.pem", authority.ExportCertificatePem());
        Task<string> stored = StoreAsync(((IPEndPoint)listener.LocalEndpoint).Port, file);
        if (isTrusted)
            Assert.StartsWith("https://assets.example/a?", await stored, StringComparison.Ordinal);
        else
            Assert.Contains("certificate was not accepted", (await Assert.ThrowsAsync<PublishingException>(() => stored)).Message, StringComparison.Ordinal);
        listener.Stop();
        await serving;
    }

    [Fact]
    public async Task Store_OverHttpsWithoutTheAuthority_IsRefusedWithAdvice()
    {
        using X509Certificate2 authority = TestCertificates.Authority();
        using X509Certificate2 certificate = TestCertificates.Issue(authority, "localhost");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, certificate);
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => StoreAsync(((IPEndPoint)listener.LocalEndpoint).Port, null));
        Assert.Contains("CML_CA_FILE", e.Message, StringComparison.Ordinal);
        listener.Stop();
        await serving;
    }

    [Theory]
    [InlineData("no certificate here", "holds no certificate")]
    [InlineData(null, "cannot be read")]
    public async Task Store_FileWithoutAuthorities_SaysSo(string? content, string message)
    {
        string file = content is null ? Path.Combine(_directory.Path, "nope.pem") : _directory.WriteText("ca.pem", content);
        Assert.Contains(message, (await Assert.ThrowsAsync<PublishingException>(() => StoreAsync(1, file))).Message, StringComparison.Ordinal);
    }

    private async Task<string> StoreAsync(int port, string? authorities)
    {
        using var services = new PublishingServices(
            new PublishingOptions { WorkingDirectory = _directory.Path, AssetServer = new Uri($"https://localhost:{port}/"), CertificateAuthorities = authorities },
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance)
        {
            Retries = new() { Retries = 0 },
        };
        return await services.OpenAssetStore("server").StoreAsync(new Asset { FileName = "a.txt", MediaType = "text/plain", Content = "x"u8.ToArray() });
    }

    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        try
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            await using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(certificate);
            byte[] buffer = new byte[4096];
            Assert.True(await stream.ReadAtLeastAsync(buffer, 1) > 0);
            const string url = "https://assets.example/a";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {url.Length}\r\nConnection: close\r\n\r\n{url}"));
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException or SocketException or InvalidOperationException)
        {
            // The client has not trusted the certificate, or the test is over.
        }
    }
}

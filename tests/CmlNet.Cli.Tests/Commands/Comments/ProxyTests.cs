using System.Security.Cryptography.X509Certificates;
using CmlNet.Cli.Tests.Commands.Run;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;
using CmlNet.Testing.Hosting;

namespace CmlNet.Cli.Tests.Commands.Comments;

/// <summary>The published binary behind a real proxy, which alone knows the names of the servers.</summary>
public sealed class ProxyTests : IDisposable
{
    private const string Sha = "1111111111111111111111111111111111111111";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cml-proxy-");

    [SkippableFact]
    public async Task Comment_HttpProxy_GoesThroughItWithThePassword()
    {
        await using FakeGitHub gitHub = await StartAsync();
        await using var proxy = new FakeProxy();
        proxy.Names["github.example"] = new Uri(gitHub.Url).Port;
        CmlResult result = await CommentAsync("http://github.example", new() { ["HTTP_PROXY"] = proxy.Url });
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Single(gitHub.Repositories["o/r"].Comments);
        Assert.Contains("POST http://github.example/api/v3/repos/o/r/issues/5/comments HTTP/1.1", proxy.Requests);
    }

    [SkippableTheory]
    [InlineData("NO_PROXY", "127.0.0.1")]
    [InlineData("no_proxy", "example.com,127.0.0.1")]
    public async Task Comment_HostWithoutAProxy_IsAskedDirectly(string variable, string hosts)
    {
        await using FakeGitHub gitHub = await StartAsync();
        await using var proxy = new FakeProxy();
        CmlResult result = await CommentAsync(gitHub.Url, new() { ["HTTP_PROXY"] = proxy.Url, [variable] = hosts });
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Single(gitHub.Repositories["o/r"].Comments);
        Assert.Empty(proxy.Requests);
    }

    [SkippableFact]
    public async Task Publish_HttpsProxyAndOwnAuthority_GoesThroughATunnel()
    {
        using X509Certificate2 authority = TestCertificates.Authority();
        using X509Certificate2 certificate = TestCertificates.Issue(authority, "assets.example");
        await using FakeAssetServer assets = await FakeAssetServer.StartAsync(certificate: certificate);
        assets.Answer = "https://assets.example/a.txt";
        await using var proxy = new FakeProxy();
        proxy.Names["assets.example"] = new Uri(assets.Url).Port;
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "ca.pem"), authority.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "a.txt"), "a");
        CmlResult result = await CmlProcess.RunAsync(_directory.FullName, ["asset", "publish", "a.txt", "--url=https://assets.example/", "--rm-watermark"], Environment(new() { ["https_proxy"] = proxy.Url, ["CML_CA_FILE"] = "ca.pem" }));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.StartsWith("https://assets.example/a.txt?cache-bypass=", result.Out, StringComparison.Ordinal);
        Assert.Single(assets.Uploads);
        Assert.Equal("CONNECT assets.example:443 HTTP/1.1", Assert.Single(proxy.Requests));
    }

    [SkippableFact]
    public async Task Comment_ProxyIsNotThere_SaysSoWithoutItsPassword()
    {
        CmlResult result = await CommentAsync("http://github.example", new() { ["HTTP_PROXY"] = "http://me:proxy-p4ssword@127.0.0.1:1", ["CML_LOG"] = "debug" });
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("POST /api/v3/repos/o/r/issues/5/comments on github.example through the proxy 127.0.0.1:1 failed", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy-p4ssword", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static async Task<FakeGitHub> StartAsync()
    {
        FakeGitHub gitHub = await FakeGitHub.StartAsync();
        gitHub.AddRepository("o/r").AddPullRequest(5, Sha);
        gitHub.Tokens["ghs_secret"] = new FakeToken { Login = "github-actions[bot]" };
        return gitHub;
    }

    private async Task<CmlResult> CommentAsync(string server, Dictionary<string, string?> surroundings)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "report.md"), "x");
        foreach ((string name, string value) in new[] { ("GITHUB_SERVER_URL", server), ("GITHUB_API_URL", server + "/api/v3"), ("GITHUB_REPOSITORY", "o/r"), ("GITHUB_SHA", Sha), ("GITHUB_TOKEN", "ghs_secret") })
            surroundings[name] = value;
        return await CmlProcess.RunAsync(_directory.FullName, ["comment", "create", "report.md", "--target=pr/5"], Environment(surroundings));
    }

    /// <summary>Nothing of this machine's own proxies.</summary>
    private static Dictionary<string, string?> Environment(Dictionary<string, string?> surroundings)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (string name in (string[])["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"])
            environment[name] = null;
        foreach ((string name, string? value) in surroundings)
            environment[name] = value;
        return environment;
    }
}

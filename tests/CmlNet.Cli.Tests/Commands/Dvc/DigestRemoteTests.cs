using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>A remote whose server asks for digests, RFC 7616.</summary>
public sealed partial class DigestRemoteTests : IDisposable
{
    private const string Realm = "data", Nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
    private readonly DvcFolder _folder = new();
    private readonly Dictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PushPull_WithTheRightPassword_BringsItBack()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using WebApplication app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        string url = app.Urls.Single();
        _folder.Write("file", "content");
        await _folder.OkAsync("add", "file");
        await _folder.OkAsync("remote", "add", "-d", "store", url + "/store");
        await _folder.OkAsync("remote", "modify", "store", "auth", "digest");
        await _folder.OkAsync("remote", "modify", "store", "method", "PUT");
        Assert.Equal(255, await _folder.RunAsync("push"));
        Assert.Contains("auth is digest, and no user is set", _folder.Error, StringComparison.Ordinal);
        await _folder.OkAsync("remote", "modify", "--local", "store", "user", "anna");
        await _folder.OkAsync("remote", "modify", "--local", "store", "password", "wrong");
        Assert.Equal(255, await _folder.RunAsync("push"));
        Assert.Contains("HTTP 401; set user and password", _folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", _folder.Error, StringComparison.Ordinal);
        await _folder.OkAsync("remote", "modify", "--local", "store", "password", "Circle of Life");
        Assert.Equal("1 file pushed\n", await _folder.OkAsync("push"));
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        File.Delete(_folder.PathOf("file"));
        await _folder.OkAsync("pull");
        Assert.Equal("content", _folder.Read("file"));
    }

    [GeneratedRegex("""(\w+)=(?:"([^"]*)"|([^, ]+))""")]
    private static partial Regex Field();

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool IsRight(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Digest ", StringComparison.Ordinal))
            return false;
        var fields = Field().Matches(header).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value + match.Groups[3].Value, StringComparer.Ordinal);
        string who = Hash($"anna:{Realm}:Circle of Life"), what = Hash($"{request.Method}:{request.Path}");
        return fields["nonce"] == Nonce && fields["uri"] == request.Path && fields["response"] == Hash($"{who}:{Nonce}:{fields["nc"]}:{fields["cnonce"]}:auth:{what}");
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        string path = context.Request.Path;
        if (!IsRight(context.Request))
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = $"Digest realm=\"{Realm}\", qop=\"auth\", algorithm=SHA-256, nonce=\"{Nonce}\"";
            return;
        }

        lock (_objects)
        {
            if (context.Request.Method == "PUT")
                _objects[path] = body.ToArray();
            context.Response.StatusCode = _objects.ContainsKey(path) ? 200 : 404;
        }

        if (context.Request.Method == "GET" && context.Response.StatusCode == 200)
            await context.Response.Body.WriteAsync(_objects[path]);
    }
}

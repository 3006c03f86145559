using System.Text;

namespace CmlNet.Containers.Tests.Docker;

public sealed class ImagePullerTests
{
    private sealed class Recorder : IProgress<ImageProgress>
    {
        public List<ImageProgress> Seen { get; } = [];

        public void Report(ImageProgress value) => Seen.Add(value);
    }

    /// <summary>Delays of a retry pass at once; the timeouts of requests (10 s and more) are real.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public List<TimeSpan> Delays { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var isDelay = dueTime >= TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(10);
            if (isDelay)
                Delays.Add(dueTime);
            return base.CreateTimer(callback, state, isDelay ? TimeSpan.Zero : dueTime, period);
        }
    }

    private static FakeEngine Registry(params string[] pulls)
    {
        var left = new Queue<string>(pulls);
        var isPulled = false;
        return new FakeEngine((request, stream) =>
        {
            if (request.Path != "/images/create")
            {
                return isPulled
                    ? FakeEngine.JsonAsync(stream, 200, """{"Id":"sha256:1","RepoDigests":["other@sha256:2","python@sha256:3"],"Architecture":"amd64","Size":9,"Config":{"User":"me","Env":["PATH=/bin","A=b=c"]}}""")
                    : FakeEngine.JsonAsync(stream, 404, """{"message":"No such image: x"}""");
            }

            var answer = left.Dequeue();
            isPulled = !answer.Contains("error", StringComparison.Ordinal);
            return FakeEngine.JsonAsync(stream, answer.StartsWith('4') || answer.StartsWith('5') ? int.Parse(answer[..3]) : 200, answer.TrimStart("0123456789".ToCharArray()));
        });
    }

    private static async Task<(ImageInfo Image, Recorder Progress)> EnsureAsync(FakeEngine engine, TimeProvider? time = null, ImageRequest? request = null, Dictionary<string, string>? variables = null)
    {
        using var client = engine.CreateClient(time, variables);
        var progress = new Recorder();
        return (await client.EnsureImageAsync(request ?? new ImageRequest { Reference = "docker://docker.io/library/python:3" }, progress, CancellationToken.None), progress);
    }

    [Fact]
    public async Task Ensure_MissingImage_IsPulledWithProgressOverAllLayers()
    {
        await using var engine = Registry(
            """{"status":"Pulling from library/python","id":"3"}"""
            + "\n" + """{"status":"Downloading","progressDetail":{"current":10,"total":100},"id":"l1"}"""
            + "\r\n" + """{"status":"Downloading","progressDetail":{"current":5,"total":50},"id":"l2"}"""
            + "\n" + """{"status":"Pull complete","progressDetail":{},"id":"l1"}""" + "\n");

        var (image, progress) = await EnsureAsync(engine);

        Assert.Equal([(0L, 0L), (10, 100), (15, 150), (105, 150)], progress.Seen.Select(p => (p.CurrentBytes, p.TotalBytes)));
        Assert.Equal(("python:3", "sha256:1", "sha256:3", "me", "amd64", 9L), (image.Reference, image.Id, image.Digest, image.User, image.Architecture, image.SizeBytes));
        Assert.Equal(new Dictionary<string, string> { ["PATH"] = "/bin", ["A"] = "b=c" }, image.Environment);
        Assert.Equal(["GET /v1.41/images/python:3/json", "POST /v1.41/images/create?fromImage=python&tag=3", "GET /v1.41/images/python:3/json"], engine.Requests.Skip(1).Select(r => $"{r.Method} {r.Target}"));
    }

    [Fact]
    public async Task Ensure_RegistryComesBack_SucceedsAtTheThirdAttempt()
    {
        var time = new HurriedTime();
        await using var engine = Registry(
            """500{"message":"error: Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup registry-1.docker.io: no such host"}""",
            """{"errorDetail":{"message":"net/http: TLS handshake timeout"},"error":"net/http: TLS handshake timeout"}""",
            """{"status":"done"}""");

        var (image, _) = await EnsureAsync(engine, time);

        Assert.Equal("sha256:1", image.Id);
        Assert.Equal(2, time.Delays.Count);
        Assert.All(time.Delays, d => Assert.InRange(d, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData("""404{"message":"error: pull access denied for nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied"}""", EngineErrorKind.ImageDenied, 1)]
    [InlineData("""404{"message":"error: manifest for python:nope not found: manifest unknown: manifest unknown"}""", EngineErrorKind.ImageNotFound, 1)]
    [InlineData("""{"error":"write /var/lib/docker/tmp/x: no space left on device"}""", EngineErrorKind.NoSpace, 1)]
    [InlineData("""500{"message":"error: Get https://x/v2/: dial tcp 127.0.0.1:1: connect: connection refused"}""", EngineErrorKind.RegistryUnreachable, 3)]
    [InlineData("""500{"message":"error: something nobody foresaw"}""", EngineErrorKind.Refused, 3)]
    public async Task Ensure_PullFails_SaysWhyAndTriesAgainOnlyWhenItMayHelp(string answer, EngineErrorKind kind, int attempts)
    {
        await using var engine = Registry(answer, answer, answer);

        var exception = await Assert.ThrowsAsync<EngineException>(() => EnsureAsync(engine, new HurriedTime()));

        Assert.Equal(kind, exception.Kind);
        Assert.StartsWith("The image 'python:3' could not be pulled: ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(attempts, engine.Requests.Count(r => r.Path == "/images/create"));
    }

    [Fact]
    public async Task Ensure_Credentials_GoIntoTheHeaderOnly()
    {
        await using var engine = Registry("""{"status":"done"}""");

        await EnsureAsync(engine, request: new ImageRequest { Reference = "ghcr.io/o/i:1", Credentials = new RegistryCredentials("user", "pa:ss?>~") });

        Assert.Equal("""{"username":"user","password":"pa:ss?>~","serveraddress":"ghcr.io"}""", Auth(engine).Replace("\\u003E", ">", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("python:3", """{"auths":{"https://index.docker.io/v1/":{"auth":"dTpw"}}}""", """{"username":"u","password":"p","serveraddress":"https://index.docker.io/v1/"}""")]
    [InlineData("ghcr.io/a/b", """{"auths":{"ghcr.io":{"identitytoken":"t"}}}""", """{"identitytoken":"t","serveraddress":"ghcr.io"}""")]
    [InlineData("ghcr.io/a/b", """{"auths":{"other":{"auth":"dTpw"}}}""", "")]
    [InlineData("ghcr.io/a/b", """{"auths":{"ghcr.io":{"auth":"%%%"}}}""", "")]
    public async Task Ensure_StoredLogin_IsUsedForItsRegistryOnly(string reference, string config, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("cmlnet-docker-config");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config.json"), config);
            await using var engine = Registry("""{"status":"done"}""");

            await EnsureAsync(engine, request: new ImageRequest { Reference = reference }, variables: new() { ["DOCKER_CONFIG"] = folder.FullName });

            Assert.Equal(expected, Auth(engine));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Ensure_LoginInACredentialHelper_SaysItIsNotAsked()
    {
        var folder = Directory.CreateTempSubdirectory("cmlnet-docker-config");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config.json"), """{"credsStore":"desktop"}""");
            await using var engine = Registry("""500{"message":"error: unauthorized: authentication required"}""");

            var exception = await Assert.ThrowsAsync<EngineException>(() => EnsureAsync(engine, variables: new() { ["DOCKER_CONFIG"] = folder.FullName }));

            Assert.Equal(EngineErrorKind.ImageDenied, exception.Kind);
            Assert.Contains("credential helper 'desktop', which is not supported yet", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Auth(FakeEngine engine)
    {
        var pull = engine.Requests.Single(r => r.Path == "/images/create");
        return pull.Headers.TryGetValue("X-Registry-Auth", out var header)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(header.Replace('-', '+').Replace('_', '/')))
            : "";
    }
}

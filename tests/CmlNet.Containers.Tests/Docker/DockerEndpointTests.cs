using CmlNet.Containers.Docker;

namespace CmlNet.Containers.Tests.Docker;

public sealed class DockerEndpointTests
{
    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(v => v.Name == name).Value;

    [Theory]
    [InlineData("unix:///run/x.sock", "/run/x.sock", null, 0, true)]
    [InlineData("tcp://10.0.0.1", null, "10.0.0.1", 2375, false)]
    [InlineData("tcp://localhost:99", null, "localhost", 99, true)]
    [InlineData("tcp://[::1]:99", null, "::1", 99, true)]
    public void Discover_DockerHost_IsUsed(string address, string? socket, string? host, int port, bool isLocal)
    {
        var endpoint = DockerEndpoint.Discover(Variables(("DOCKER_HOST", address)));

        Assert.Equal((socket, host, port, isLocal, address), (endpoint.SocketPath, endpoint.Host, endpoint.Port, endpoint.IsLocal, endpoint.Address));
    }

    [Theory]
    [InlineData("ssh://me@box", "", "ssh:// is not supported yet. Forward the socket")]
    [InlineData("tcp://box:2376", "1", "TLS is not supported yet")]
    [InlineData("https://box", "", "TLS is not supported yet")]
    [InlineData("docker.example.com", "", "expected unix:///PATH or tcp://HOST:PORT")]
    public void Discover_AddressWeDoNotSpeak_SaysWhatToDo(string address, string verify, string expected)
    {
        var exception = Assert.Throws<EngineException>(() => DockerEndpoint.Discover(Variables(("DOCKER_HOST", address), ("DOCKER_TLS_VERIFY", verify))));

        Assert.Equal(EngineErrorKind.Unreachable, exception.Kind);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(address, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Discover_RootlessSocket_IsFoundWhenThereIsNoOther()
    {
        var folder = Directory.CreateTempSubdirectory("cmlnet-runtime");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "docker.sock"), "");
            var hasSystemEngine = File.Exists("/var/run/docker.sock");

            var endpoint = DockerEndpoint.Discover(Variables(("XDG_RUNTIME_DIR", folder.FullName)));

            Assert.Equal(hasSystemEngine ? "/var/run/docker.sock" : Path.Combine(folder.FullName, "docker.sock"), endpoint.SocketPath);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

using System.Globalization;
using System.Net.Sockets;

namespace CmlNet.Containers.Docker;

/// <summary>Where an engine listens: a unix socket or a plain TCP port.</summary>
internal sealed record DockerEndpoint
{
    private const int DefaultPort = 2375;

    /// <summary>As <c>DOCKER_HOST</c> has it, e.g. <c>unix:///var/run/docker.sock</c>.</summary>
    public required string Address { get; init; }

    public string? SocketPath { get; init; }

    public string? Host { get; init; }

    public int Port { get; init; }

    /// <summary>The engine sees this machine's files, so that its paths can be mounted.</summary>
    public bool IsLocal => SocketPath is not null || Host is "localhost" or "127.0.0.1" or "::1";

    /// <summary>
    /// <c>DOCKER_HOST</c> when set; else the first socket there is of Docker (system, rootless, Desktop) and Podman
    /// (rootless, system). Throws <see cref="EngineException"/> when there is none or it is of a kind we do not speak.
    /// </summary>
    public static DockerEndpoint Discover(Func<string, string?> variable)
    {
        if (variable("DOCKER_HOST") is { Length: > 0 } address)
            return Parse(address, variable);
        var candidates = Candidates(variable).ToList();
        return candidates.Find(File.Exists) is { } path
            ? OfSocket(path)
            : throw new EngineException(
                EngineErrorKind.Unreachable,
                $"No container engine was found: DOCKER_HOST is not set and none of these sockets exists: {string.Join(", ", candidates)}. Start Docker or Podman, or set DOCKER_HOST.");
    }

    public static DockerEndpoint Parse(string address, Func<string, string?> variable)
    {
        if (address.StartsWith("unix://", StringComparison.Ordinal))
            return OfSocket(address["unix://".Length..]);
        if (address.StartsWith("ssh://", StringComparison.Ordinal))
            throw Unsupported(address, "ssh:// is not supported yet. Forward the socket (ssh -L /tmp/docker.sock:/var/run/docker.sock HOST) and set DOCKER_HOST=unix:///tmp/docker.sock");
        if (address.StartsWith("https://", StringComparison.Ordinal) || variable("DOCKER_TLS_VERIFY") is { Length: > 0 })
            throw Unsupported(address, "TLS is not supported yet. Use a unix socket, or a forwarded one");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("tcp" or "http") || uri.Host.Length == 0)
            throw Unsupported(address, "expected unix:///PATH or tcp://HOST:PORT");
        return new DockerEndpoint { Address = address, Host = uri.Host.Trim('[', ']'), Port = uri.Port > 0 ? uri.Port : DefaultPort };
    }

    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = SocketPath is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (SocketPath is not null)
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
            else
                await socket.ConnectAsync(Host ?? "", Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override string ToString() => Address;

    private static DockerEndpoint OfSocket(string path) => new() { Address = $"unix://{path}", SocketPath = path };

    private static IEnumerable<string> Candidates(Func<string, string?> variable)
    {
        yield return "/var/run/docker.sock";
        var runtime = variable("XDG_RUNTIME_DIR");
        if (!string.IsNullOrEmpty(runtime))
            yield return Path.Combine(runtime, "docker.sock");
        if (variable("HOME") is { Length: > 0 } home)
            yield return Path.Combine(home, ".docker", "run", "docker.sock");
        if (!string.IsNullOrEmpty(runtime))
            yield return Path.Combine(runtime, "podman", "podman.sock");
        yield return "/run/podman/podman.sock";
    }

    private static EngineException Unsupported(string address, string why) => new(
        EngineErrorKind.Unreachable,
        string.Create(CultureInfo.InvariantCulture, $"The container engine at DOCKER_HOST='{address}' cannot be used: {why}."));
}

using System.Globalization;
using System.Net.Sockets;

namespace CmlNet.Containers.Docker;

/// <summary>Turns what the engine answers, or its silence, into one message: what was tried, on what, what to do next.</summary>
internal static class DockerErrors
{
    // The engine answers 500 for nearly everything beyond "no such object": there the text is all there is to go by.
    // Seen on Docker 20.10 and 28, runc 1.1, and the NVIDIA container toolkit 1.17.
    private static readonly (string Text, EngineErrorKind Kind, string Advice)[] KnownTexts =
    [
        ("could not select device driver", EngineErrorKind.GpuUnavailable, GpuAdvice),
        ("nvidia-container-cli", EngineErrorKind.GpuUnavailable, GpuAdvice),
        ("nvidia-container-runtime", EngineErrorKind.GpuUnavailable, GpuAdvice),
        ("unknown runtime specified nvidia", EngineErrorKind.GpuUnavailable, GpuAdvice),
        ("unknown or invalid runtime name: nvidia", EngineErrorKind.GpuUnavailable, GpuAdvice),
        ("unresolvable CDI devices", EngineErrorKind.GpuUnavailable, GpuAdvice),
        ("/dev/nvidia", EngineErrorKind.GpuUnavailable, GpuAdvice),
        ("no space left on device", EngineErrorKind.NoSpace, "Free some on the engine's disk: docker system df shows what uses it, docker system prune frees it."),
        ("disk quota exceeded", EngineErrorKind.NoSpace, "Free some on the engine's disk: docker system df shows what uses it, docker system prune frees it."),
        ("address already in use", EngineErrorKind.Refused, "Give the service another host port, or stop what listens on it."),
        ("port is already allocated", EngineErrorKind.Refused, "Give the service another host port, or stop what listens on it."),
        ("address pools have been fully subnetted", EngineErrorKind.Refused, "Remove networks that are no longer used: docker network prune."),
    ];

    private static readonly (string Text, EngineErrorKind Kind, string Advice)[] KnownPullTexts =
    [
        ("no space left on device", EngineErrorKind.NoSpace, "Free some on the engine's disk: docker system df shows what uses it, docker system prune frees it."),
        ("unauthorized", EngineErrorKind.ImageDenied, DeniedAdvice),
        ("denied", EngineErrorKind.ImageDenied, DeniedAdvice),
        ("authentication required", EngineErrorKind.ImageDenied, DeniedAdvice),
        ("manifest unknown", EngineErrorKind.ImageNotFound, NotFoundAdvice),
        ("not found", EngineErrorKind.ImageNotFound, NotFoundAdvice),
        ("no matching manifest", EngineErrorKind.ImageNotFound, "The image exists, but not for this machine's architecture: use another tag."),
        ("dial tcp", EngineErrorKind.RegistryUnreachable, NetworkAdvice),
        ("x509:", EngineErrorKind.RegistryUnreachable, NetworkAdvice),
        ("no such host", EngineErrorKind.RegistryUnreachable, NetworkAdvice),
        ("connection refused", EngineErrorKind.RegistryUnreachable, NetworkAdvice),
        ("timeout", EngineErrorKind.RegistryUnreachable, NetworkAdvice),
        ("tls:", EngineErrorKind.RegistryUnreachable, NetworkAdvice),
    ];

    private const string GpuAdvice =
        "Install the NVIDIA driver and the NVIDIA Container Toolkit on the engine's machine (nvidia-ctk runtime configure --runtime=docker, then restart the engine), check with 'docker run --rm --gpus all IMAGE nvidia-smi', or run without GPUs.";

    private const string DeniedAdvice = "Give credentials for the registry (container.credentials in the workflow, or docker login), or check the image's name.";

    private const string NotFoundAdvice = "Check the name and the tag; for a private image give credentials; a local image is used as it is when its name is the same.";

    private const string BuildKitAdvice = "Only what the engine's classic builder knows can be built here; build the image beforehand and name it with docker://.";

    private const string NetworkAdvice = "Check the engine's network and proxy settings, or load the image into the engine beforehand (docker load, docker import).";

    public static EngineException Create(DockerEndpoint endpoint, DockerRequest request, int status, string message)
    {
        var (kind, advice) = Classify(status, message);
        var what = $"The container engine at {endpoint} could not {request.Purpose}: {Text(message)} (HTTP {status.ToString(CultureInfo.InvariantCulture)}).";
        return new EngineException(kind, Sentence(what, advice)) { EngineMessage = message, Status = status };
    }

    /// <summary>What the engine said instead of pulling, at once or in the middle of its progress.</summary>
    public static EngineException OfPull(ImageReference image, string message)
    {
        var known = Array.Find(KnownPullTexts, k => message.Contains(k.Text, StringComparison.OrdinalIgnoreCase));
        var what = $"The image '{image}' could not be pulled: {Text(message)}.";
        return known.Text is null
            ? new EngineException(EngineErrorKind.Refused, what) { EngineMessage = message }
            : new EngineException(known.Kind, Sentence(what, known.Advice)) { EngineMessage = message };
    }

    /// <summary>What the engine said in the middle of a build.</summary>
    public static EngineException OfBuild(string tag, string message)
    {
        var (kind, advice) = Classify(0, message);
        if (message.Contains("requires BuildKit", StringComparison.OrdinalIgnoreCase))
            advice = BuildKitAdvice;
        return new EngineException(kind, Sentence($"The image '{tag}' could not be built: {Text(message)}.", advice)) { EngineMessage = message };
    }

    /// <summary>The engine took the lines of a here-document for instructions.</summary>
    public static EngineException OfHereDocument(string tag, string line, string message) =>
        new(EngineErrorKind.Refused, Sentence($"The image '{tag}' could not be built: the here-document of '{Text(line)}' requires BuildKit ({Text(message)}).", BuildKitAdvice)) { EngineMessage = message };

    public static EngineException Unreachable(DockerEndpoint endpoint, DockerRequest request, Exception inner)
    {
        var socket = inner as SocketException ?? inner.InnerException as SocketException;
        return socket?.SocketErrorCode switch
        {
            SocketError.AccessDenied => new EngineException(
                EngineErrorKind.Unreachable,
                $"The container engine at {endpoint} may not be used by this user. Add the user to the group of the socket (usually: sudo usermod -aG docker $USER, then log in again), or set DOCKER_HOST to a rootless engine.",
                inner),
            _ when socket is null => Lost(endpoint, request.Purpose, inner),
            _ => new EngineException(
                EngineErrorKind.Unreachable,
                $"The container engine at {endpoint} does not answer (tried to {request.Purpose}: {Text(endpoint.SocketPath is { } path && !File.Exists(path) ? "there is no such socket" : socket.Message)}). Start it (e.g. sudo systemctl start docker), or set DOCKER_HOST to one that runs.",
                inner),
        };
    }

    public static EngineException NoAnswer(DockerEndpoint endpoint, DockerRequest request, Exception inner) => new(
        EngineErrorKind.Unreachable,
        $"The container engine at {endpoint} accepted the connection but did not answer within {request.Timeout?.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s (tried to {request.Purpose}). It may be overloaded or hung: check its log, restart it if need be.",
        inner);

    public static EngineException Lost(DockerEndpoint endpoint, string purpose, Exception? inner) => new(
        EngineErrorKind.Lost,
        $"The connection to the container engine at {endpoint} broke in the middle (tried to {purpose}). The engine was probably stopped or restarted: check its log, and run again.",
        inner);

    public static EngineException TooOld(DockerEndpoint endpoint, string offered) => new(
        EngineErrorKind.Refused,
        offered.Length == 0
            ? $"What answers at {endpoint} does not say which version of the Engine API it speaks. Set DOCKER_HOST to a Docker engine (20.10 or later) or Podman (4 or later)."
            : $"The container engine at {endpoint} speaks version {offered} of the Engine API; 1.41 or later is needed. Update it to Docker 20.10 or later, or Podman 4 or later.");

    public static EngineException NotUnderstood(DockerEndpoint endpoint, DockerRequest request, string why) => new(
        EngineErrorKind.Refused,
        $"The answer of the container engine at {endpoint} was not understood (tried to {request.Purpose}: {Text(why)}). Set DOCKER_HOST to a Docker engine (20.10 or later) or Podman (4 or later).");

    private static (EngineErrorKind Kind, string Advice) Classify(int status, string message)
    {
        var known = Array.Find(KnownTexts, k => message.Contains(k.Text, StringComparison.OrdinalIgnoreCase));
        return known.Text is not null
            ? (known.Kind, known.Advice)
            : status switch
            {
                404 when message.Contains("No such image", StringComparison.OrdinalIgnoreCase) => (EngineErrorKind.ImageNotFound, NotFoundAdvice),
                404 when message.Contains("No such container", StringComparison.OrdinalIgnoreCase) => (EngineErrorKind.Lost, "Something else removed it."),
                409 when message.Contains("already in use", StringComparison.OrdinalIgnoreCase) => (EngineErrorKind.NameInUse, "Remove the other one, or choose another name."),
                409 when message.Contains("is not running", StringComparison.OrdinalIgnoreCase) => (EngineErrorKind.Lost, "Its own command ended, it was stopped from outside, or it ran out of memory."),
                _ => (EngineErrorKind.Refused, ""),
            };
    }

    private static string Text(string message) => message.Trim().TrimEnd('.').ReplaceLineEndings(" ");

    private static string Sentence(string what, string advice) => advice.Length == 0 ? what : $"{what} {advice}";
}

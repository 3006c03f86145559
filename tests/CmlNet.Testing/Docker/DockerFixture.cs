using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Xunit;

namespace CmlNet.Testing.Docker;

/// <summary>
/// Says whether a container engine answers, and makes the test images when it lacks them. A test without its engine
/// or image is skipped, with the reason.
/// </summary>
public sealed class DockerFixture
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string?>>> Images = new(StringComparer.Ordinal);
    private static readonly Lazy<Task<string?>> Engine = new(PingAsync);

    /// <summary>Path of the engine's socket.</summary>
    public static string SocketPath { get; } =
        Environment.GetEnvironmentVariable("DOCKER_HOST") is { } host && host.StartsWith("unix://", StringComparison.Ordinal)
            ? host["unix://".Length..]
            : "/var/run/docker.sock";

    /// <summary>Skips the calling test when no engine answers.</summary>
    public static async Task RequireEngineAsync()
    {
        var reason = await Engine.Value;
        Skip.If(reason is not null, reason);
    }

    /// <summary>Skips the calling test when no engine answers or the image is absent and cannot be built. Returns the image's name.</summary>
    public static async Task<string> RequireAsync(TestImage image)
    {
        await RequireEngineAsync();
        var reason = await Images.GetOrAdd(image.Name, _ => new Lazy<Task<string?>>(() => BuildAsync(image))).Value;
        Skip.If(reason is not null, reason);
        return image.Name;
    }

    /// <summary>A client of the engine's HTTP API, for what a test wants to see with its own eyes; paths begin with <c>/v1.41</c>.</summary>
    public static HttpClient CreateHttpClient() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://docker"),
    };

    private static async Task<string?> PingAsync()
    {
        try
        {
            using var client = CreateHttpClient();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            using var response = await client.GetAsync("/_ping", limit.Token);
            return response.IsSuccessStatusCode ? null : $"The container engine at {SocketPath} answers {(int)response.StatusCode}.";
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return $"No container engine answers at {SocketPath}: {exception.Message}";
        }
    }

    private static async Task<string?> BuildAsync(TestImage image)
    {
        using var client = CreateHttpClient();
        using (var present = await client.GetAsync($"/v1.41/images/{image.Name}/json"))
        {
            if (present.IsSuccessStatusCode)
                return null;
        }

        foreach (var program in (string[])["debootstrap", "flock", "docker"])
        {
            if (!IsInstalled(program))
                return $"The image {image.Name} is absent and cannot be built: the program '{program}' is not installed.";
        }

        if (!string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
            return $"The image {image.Name} is absent and cannot be built: debootstrap needs root.";
        return await RunScriptAsync(image);
    }

    private static async Task<string?> RunScriptAsync(TestImage image)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Docker", "debian-image.sh"), image.Name, image.Packages])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("bash could not be started.");
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode == 0)
            return null;
        var last = string.Join(' ', errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(3));
        return $"The image {image.Name} could not be built (is the package mirror reachable?): {last}";
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/sbin")
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}

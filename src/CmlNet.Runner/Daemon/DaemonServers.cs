using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Control;
using CmlNet.Runner.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CmlNet.Runner.Daemon;

/// <summary>What listens: the control socket always, the rest as configured.</summary>
internal sealed class DaemonServers : IAsyncDisposable
{
    // The jobs' own connections must not run out of handles for them.
    private const int MostConnections = 1000;

    /// <summary>What Linux answers who opens a socket as a file.</summary>
    private const int NoSuchDevice = 6;

    /// <summary>What macOS answers.</summary>
    private const int NotSupportedOnSocket = 102;

    private readonly List<WebApplication> _servers = [];

    public static async Task<DaemonServers> StartAsync(RunnerConfiguration configuration, DaemonSurroundings surroundings, DaemonParts parts, RunnerServices services, IContainerEngine engine)
    {
        var servers = new DaemonServers();
        var control = new DaemonControl(configuration, surroundings, parts);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(configuration.SocketPath) ?? "/");
            RemoveStale(configuration.SocketPath);
            await servers.AddAsync(options => options.ListenUnixSocket(configuration.SocketPath), app => ControlEndpoints.Map(app, control, engine));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(configuration.SocketPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            if (configuration.Web is { } web)
            {
                var endpoints = new WebEndpoints(control, web.Token?.Read(surroundings.Variable), web.Listen.IsLoopback);
                await servers.AddAsync(options => options.Listen(web.Listen.Address, web.Listen.Port), endpoints.Map);
            }

            if (configuration.Webhook is { } webhook && services.Webhooks is { } receiver)
                await servers.AddAsync(options => options.Listen(webhook.Listen.Address, webhook.Listen.Port), app => app.MapPost("/{**path}", receiver.HandleAsync));
            return servers;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            await servers.DisposeAsync();
            throw new RunnerConfigurationException($"The daemon cannot listen: {exception.Message} Check 'socket', 'web.listen' and 'webhook.listen'.", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (WebApplication server in _servers)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await server.StopAsync(limit.Token);
            await server.DisposeAsync();
        }
    }

    // A killed daemon leaves its socket; that nobody else uses it, the lock has shown. Only a socket is refused as no device; a pipe, opened
    // for both ends, does not wait for another.
    private static void RemoveStale(string socket)
    {
        if (!File.Exists(socket))
            return;
        try
        {
            File.OpenHandle(socket, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (IOException exception) when (exception.HResult is NoSuchDevice or NotSupportedOnSocket)
        {
            File.Delete(socket);
            return;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // somebody's, and in use
        }

        throw new IOException($"{socket} is a file, and not a socket that was left.");
    }

    private async Task AddAsync(Action<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions> listen, Action<WebApplication> map)
    {
        // Empty: what an appsettings.json or a variable of the environment says is not for a server of ours.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = [] });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxConcurrentConnections = MostConnections;
            options.Limits.MaxRequestBodySize = 30 * 1024 * 1024;
            listen(options);
        });
        builder.Services.AddRoutingCore();
        // Signals are the daemon's own business: draining takes longer than a host would wait.
        builder.Services.AddSingleton<Microsoft.Extensions.Hosting.IHostLifetime, SilentLifetime>();
        WebApplication app = builder.Build();
        app.UseRouting();
        map(app);
        _servers.Add(app);
        await app.StartAsync(CancellationToken.None);
    }
}

using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CmlNet.Cli.Commands.Assets.Serving;

/// <summary>Kestrel with nothing around it: no hosting, no routing, no configuration files.</summary>
internal sealed class AssetServer : IHttpApplication<HttpContext>, IDisposable
{
    private const int MostConnections = 256;

    private readonly KestrelServer _server;
    private readonly AssetResponder _responder;
    private readonly ILogger _logger;

    /// <param name="endpoint">Where to listen.</param>
    /// <param name="sizeLimit">Largest upload in bytes.</param>
    /// <param name="responder">Answers.</param>
    /// <param name="logger">Gets what breaks.</param>
    public AssetServer(IPEndPoint endpoint, long sizeLimit, AssetResponder responder, ILogger logger)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        // One byte more lets the vault see that there is too much, and say so.
        options.Limits.MaxRequestBodySize = sizeLimit + 1;
        options.Limits.MaxConcurrentConnections = MostConnections;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        options.Listen(endpoint, static listen => listen.Protocols = HttpProtocols.Http1);
        _server = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        _responder = responder;
        _logger = logger;
    }

    /// <summary>Listens; the address, with the port that was free where none was named.</summary>
    /// <exception cref="CliException">The port is taken, or not this machine's.</exception>
    public async Task<string> StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _server.StartAsync(this, cancellationToken);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or AddressInUseException)
        {
            throw new CliException(ExitCodes.Failure, $"cannot listen: {e.Message} Pass another --listen.", e);
        }

        return _server.Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/"; // Kestrel has it once started
    }

    /// <summary>Takes no new connections, and waits for the requests under way.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            await _responder.AnswerAsync(context);
        }
        catch (Exception e) when (e is Microsoft.AspNetCore.Http.BadHttpRequestException or ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            ServeLog.BrokenOff(_logger, e.Message);
            SetStatus(context, (e as Microsoft.AspNetCore.Http.BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ServeLog.Failed(_logger, e.Message);
            SetStatus(context, StatusCodes.Status500InternalServerError);
        }
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public void Dispose() => _server.Dispose();

    private static void SetStatus(HttpContext context, int status)
    {
        if (!context.Response.HasStarted)
            context.Response.StatusCode = status;
    }
}

using System.CommandLine;
using System.Net;
using CmlNet.Cli.Commands.Assets.Serving;
using CmlNet.Cli.Commands.Comments;
using CmlNet.Cli.Compatibility;
using CmlNet.Publishing.Assets.Serving;

namespace CmlNet.Cli.Commands.Assets;

/// <summary><c>cml asset serve</c>: a server for published files, until it is stopped. Prints its address once it listens.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    public static Command Build(CliHost host) => DropInCommand.Complete(new Command("serve", "Serve published files, as a stand-in for asset.cml.dev"), ServeOptions.Build(), host, RunAsync);

    private static async Task RunAsync(DropInContext context, CancellationToken cancellationToken)
    {
        ServeOptions options = ServeOptions.Read(context);
        using var signal = new StopSignal();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signal.Token, cancellationToken);
        using AssetVault vault = AssetVault.Open(options.Vault);
        using var server = new AssetServer(options.Endpoint, options.Vault.SizeLimit, new AssetResponder(vault, options.PublicUrl, options.Token, context.Logger), context.Logger);
        string address = await server.StartAsync(stop.Token);
        ServeLog.Started(context.Logger, options.Vault.Directory, address);
        if (options.Token is null && !IPAddress.IsLoopback(options.Endpoint.Address))
            ServeLog.Open(context.Logger, address);
        await context.Host.Out.WriteLineAsync(address);
        await context.Host.Out.FlushAsync(CancellationToken.None);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = stop.Token.Register(() => stopped.TrySetResult());
        await stopped.Task;
        using var limit = new CancellationTokenSource(LongestStop, context.Host.Time);
        await server.StopAsync(limit.Token);
        ServeLog.Stopped(context.Logger);
    }
}

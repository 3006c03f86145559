using System.CommandLine;

namespace CmlNet.Cli.Commands.Assets;

/// <summary><c>cml asset</c>.</summary>
internal static class AssetCommand
{
    public static Command Build(CliHost host) => new("asset", "Manage published files") { PublishCommand.Build(host), PruneCommand.Build(host), ServeCommand.Build(host) };
}

using System.CommandLine;

namespace CmlNet.Cli.Commands.Assets;

/// <summary><c>cml asset publish FILE</c>, and <c>cml publish FILE</c>, the old name.</summary>
internal static class PublishCommand
{
    public static Command Build(CliHost host) => AssetAction.Complete(new Command("publish", "Publish a file"), host, isLegacy: false);

    public static Command BuildLegacy(CliHost host) => AssetAction.Complete(new Command("publish", "Publish a file"), host, isLegacy: true);
}

using System.CommandLine;
using CmlNet.Cli.Compatibility;
using CmlNet.Publishing;

namespace CmlNet.Cli.Commands.Assets;

/// <summary><c>cml asset prune</c>: removes the images of pull requests that are closed; prints the name of each reference removed.</summary>
internal static class PruneCommand
{
    public static Command Build(CliHost host)
    {
        OptionGroup options = new OptionGroup("CML_ASSET_PRUNE_").Flag("dry-run", "Print what would be removed, and remove nothing");
        return DropInCommand.Complete(new Command("prune", "Remove the images of closed pull requests"), options, host, static async (context, cancellationToken) =>
        {
            using PublishingServices services = context.OpenServices();
            foreach (string name in await services.OpenAssetPruning().PruneAsync(context.Values.Flag("dry-run"), cancellationToken))
                await context.Host.Out.WriteLineAsync(name);
        });
    }
}

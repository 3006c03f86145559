using System.CommandLine;
using CmlNet.Cli.Compatibility;
using CmlNet.Publishing;

namespace CmlNet.Cli.Commands.Assets;

/// <summary><c>cml asset prune</c>: removes the images of pull requests that are closed; prints the name of each reference removed; in a rehearsal, the requests.</summary>
internal static class PruneCommand
{
    public static Command Build(CliHost host)
    {
        OptionGroup options = new OptionGroup("CML_ASSET_PRUNE_").Flag("dry-run", "Print what would be sent, secrets masked, and send nothing");
        return DropInCommand.Complete(new Command("prune", "Remove the images of closed pull requests"), options, host, static async (context, cancellationToken) =>
        {
            using PublishingServices services = context.OpenServices();
            IReadOnlyList<string> removed = await services.OpenAssetPruning().PruneAsync(isRehearsal: false, cancellationToken);
            if (!context.IsRehearsal)
                await context.Host.Out.WriteAsync(string.Concat(removed.Select(name => name + "\n")));
        });
    }
}

using System.CommandLine;
using CmlNet.Cli.Compatibility;
using CmlNet.Cli.Logging;

namespace CmlNet.Cli.Commands.Tensorboard;

/// <summary><c>cml tensorboard connect</c> and <c>cml tensorboard-dev</c>: they say that the site they used is gone, as CML's have since 2024.</summary>
internal static class TensorboardCommand
{
    public static Command Build(CliHost host) => new("tensorboard", "Manage TensorBoard connections") { Complete(new Command("connect", "Connect to TensorBoard.dev"), host, null) };

    public static Command BuildLegacy(CliHost host) => Complete(new Command("tensorboard-dev", "Connect to TensorBoard.dev"), host, "tensorboard connect");

    private static Command Complete(Command command, CliHost host, string? replacement)
    {
        command.Hidden = true;
        OptionGroup options = new OptionGroup("CML_TENSORBOARD_", "CML_TENSORBOARD_DEV_")
            .Text("credentials", "Ignored", aliases: ["c"])
            .Text("logdir", "Ignored")
            .Text("name", "Ignored")
            .Text("description", "Ignored")
            .Flag("md", "Ignored")
            .Text("title", "Ignored", aliases: ["t"])
            .Text("file", "Ignored", isHidden: true, aliases: ["f"])
            .Flag("rm-watermark", "Ignored", isHidden: true)
            .Flag("dry-run", "Ignored: nothing is sent anyway");
        return DropInCommand.Complete(command, options, host, (context, _) =>
        {
            if (replacement is not null)
                CliLog.Renamed(context.Logger, command.Name, replacement);
            throw new CliException(ExitCodes.Failure, "TensorBoard.dev has been shut down as of January 1, 2024. Publish a picture of the curves instead: cml asset publish, or an image in the report.");
        });
    }
}

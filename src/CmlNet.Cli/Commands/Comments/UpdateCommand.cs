using System.CommandLine;

namespace CmlNet.Cli.Commands.Comments;

/// <summary><c>cml comment update FILE</c>.</summary>
internal static class UpdateCommand
{
    public static Command Build(CliHost host) => CommentAction.Complete(new Command("update", "Update the last comment posted, or create one"), host, isUpdate: true);
}

using System.CommandLine;

namespace CmlNet.Cli.Commands.Comments;

/// <summary><c>cml comment create FILE</c>.</summary>
internal static class CreateCommand
{
    public static Command Build(CliHost host) => CommentAction.Complete(new Command("create", "Post a report as a comment"), host, isUpdate: false);
}

using System.CommandLine;

namespace CmlNet.Cli.Commands.Comments;

/// <summary><c>cml send-comment FILE</c>, the old name.</summary>
internal static class SendCommentCommand
{
    public static Command Build(CliHost host) =>
        CommentAction.Complete(new Command("send-comment", "Post a report as a comment") { Hidden = true }, host, isUpdate: false, replacement: "comment create");
}

using System.CommandLine;

namespace CmlNet.Cli.Commands.Comments;

/// <summary><c>cml comment</c>.</summary>
internal static class CommentCommand
{
    public static Command Build(CliHost host) => new("comment", "Manage comments") { CreateCommand.Build(host), UpdateCommand.Build(host) };
}

using System.CommandLine;
using CmlNet.Dvc.Data;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc move</c>.</summary>
internal static class MoveCommand
{
    public static Command Build(CliHost host)
    {
        var source = new Argument<string>("SOURCE") { Description = "A tracked file or folder." };
        var target = new Argument<string>("DESTINATION") { Description = "Its new path, or a folder to put it in." };
        var command = new Command("move", "Move tracked data, its .dvc file with it.") { source, target };
        command.Aliases.Add("mv");
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            string from = project.RelativeTo(host.WorkingDirectory, parsed.GetRequiredValue(source)), to = project.RelativeTo(host.WorkingDirectory, parsed.GetRequiredValue(target));
            IReadOnlyCollection<string> written = new DataMove(project).Apply(from, to);
            GitHint.Write(host, project, written);
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}

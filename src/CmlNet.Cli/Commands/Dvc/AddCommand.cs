using System.CommandLine;
using CmlNet.Dvc.Data;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc add</c>.</summary>
internal static class AddCommand
{
    public static Command Build(CliHost host)
    {
        var targets = new Argument<string[]>("TARGET") { Description = "Files and folders.", Arity = ArgumentArity.OneOrMore };
        var noCommit = new Option<bool>("--no-commit") { Description = "Not into the cache yet." };
        var glob = new Option<bool>("--glob") { Description = "Targets may have * and ?." };
        var force = new Option<bool>("--force", "-f") { Description = "As DVC takes it; nothing of the work tree is overwritten." };
        var description = new Option<string?>("--desc") { Description = "Kept in the .dvc file.", HelpName = "TEXT" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing." };
        var command = new Command("add", "Track files and folders.") { targets, noCommit, glob, force, description, quiet };
        command.SetProjectAction(host, (parsed, project, cancellationToken) =>
        {
            var operation = new AddOperation(project);
            var written = new SortedSet<string>(StringComparer.Ordinal);
            IEnumerable<string> names = parsed.GetRequiredValue(targets);
            if (parsed.GetValue(glob))
                names = GlobTargets.Files(host, [.. names]);
            List<string> paths = [.. names.Select(name => project.RelativeTo(host.WorkingDirectory, name))];
            operation.Prepare(paths, cancellationToken);
            foreach (string path in paths)
                written.UnionWith(operation.Add(path, !parsed.GetValue(noCommit), parsed.GetValue(description), cancellationToken));
            GitHint.Write(host, project, written, parsed.GetValue(quiet));
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}

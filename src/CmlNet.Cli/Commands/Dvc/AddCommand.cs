using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Sources;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc add</c>.</summary>
internal static class AddCommand
{
    public static Command Build(CliHost host)
    {
        var targets = new Argument<string[]>("TARGET") { Description = "Files and folders.", Arity = ArgumentArity.OneOrMore };
        var noCommit = new Option<bool>("--no-commit") { Description = "Not into the cache yet." };
        var glob = new Option<bool>("--glob") { Description = "Targets may have * and ?." };
        var force = new Option<bool>("--force", "-f") { Description = "With --out and --to-remote: replace what is there." };
        var description = new Option<string?>("--desc") { Description = "Kept in the .dvc file.", HelpName = "TEXT" };
        var output = new Option<string?>("--out", "-o") { Description = "Copy the target, which may be anywhere, to this path and track it there.", HelpName = "PATH" };
        var toRemote = new Option<bool>("--to-remote") { Description = "Send the target to the remote, and to nowhere else." };
        var remote = new Option<string?>("--remote", "-r") { Description = "With --to-remote: another than the default one.", HelpName = "NAME" };
        var jobs = new Option<int?>("--remote-jobs", "--jobs", "-j") { Description = "With --to-remote: transfers at once.", HelpName = "N" };
        var noRelink = new Option<bool>("--no-relink") { Description = "Leave the work tree's files as they are." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing." };
        var command = new Command("add", "Track files and folders.") { targets, noCommit, glob, force, description, output, toRemote, remote, jobs, noRelink, quiet };
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            string[] names = parsed.GetRequiredValue(targets);
            if (parsed.GetValue(remote) is not null && !parsed.GetValue(toRemote))
                throw new DvcException("`--remote` needs `--to-remote`", DvcException.Usage);
            if (parsed.GetValue(output) is null && !parsed.GetValue(toRemote))
            {
                Track([.. parsed.GetValue(glob) ? GlobTargets.Files(host, names) : names]);
                return ExitCodes.Success;
            }

            if (names.Length > 1 || parsed.GetValue(glob) || parsed.GetValue(noCommit))
                throw new DvcException("`--out` and `--to-remote` take one target, and neither `--glob` nor `--no-commit`", DvcException.Usage);
            string source = RelativePath.IsUrl(names[0]) ? names[0] : Path.GetFullPath(names[0], host.WorkingDirectory);
            string target = project.RelativeTo(host.WorkingDirectory, parsed.GetValue(output) ?? RelativePath.Name(source.TrimEnd('/').Split('?')[0]));
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            await using var stores = new RemoteStores(project, client);
            var addition = new ExternalAddition(project, client);
            string file = parsed.GetValue(toRemote)
                ? await addition.SendAsync(source, target, parsed.GetValue(force), stores, parsed.GetValue(remote), parsed.GetValue(jobs) ?? 4 * Environment.ProcessorCount, cancellationToken)
                : await addition.CopyAsync(source, target, parsed.GetValue(force), cancellationToken);
            string ignore = RelativePath.Join(RelativePath.Folder(file), ".gitignore");
            GitHint.Write(host, project, [.. File.Exists(project.FullPath(ignore)) ? [ignore] : Array.Empty<string>(), file], parsed.GetValue(quiet));
            return ExitCodes.Success;

            void Track(IReadOnlyList<string> given)
            {
                var operation = new AddOperation(project) { IsLinking = !parsed.GetValue(noRelink) };
                var written = new SortedSet<string>(StringComparer.Ordinal);
                List<string> paths = [.. given.Select(name => project.RelativeTo(host.WorkingDirectory, name))];
                ShortLife.Begin();
                operation.Prepare(paths, cancellationToken);
                foreach (string path in paths)
                    written.UnionWith(operation.Add(path, !parsed.GetValue(noCommit), parsed.GetValue(description), cancellationToken));
                GitHint.Write(host, project, written, parsed.GetValue(quiet));
            }
        });
        return command;
    }
}

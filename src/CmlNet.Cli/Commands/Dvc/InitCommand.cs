using System.CommandLine;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc init</c>.</summary>
internal static class InitCommand
{
    private const string Ignored = "# Add patterns of files dvc should ignore, which could improve\n# the performance. Learn more at\n# https://dvc.org/doc/user-guide/dvcignore\n";

    public static Command Build(CliHost host)
    {
        var noScm = new Option<bool>("--no-scm") { Description = "Without git." };
        var force = new Option<bool>("--force", "-f") { Description = "Begin anew where there is a .dvc: its cache and configuration are lost." };
        var subdir = new Option<bool>("--subdir") { Description = "In a folder of a git repository." };
        var command = new Command("init", "Make a project in the current folder.") { noScm, force, subdir };
        command.SetDvcAction(host, (parsed, _) =>
        {
            string root = host.WorkingDirectory, folder = Path.Combine(root, ".dvc");
            bool withoutGit = parsed.GetValue(noScm);
            GitRepository? repository = withoutGit ? null : GitRepository.Find(root);
            if (!withoutGit && repository is null)
                throw new DvcException($"failed to initiate DVC - {root} is not tracked by any supported SCM tool (e.g. Git). Use `--no-scm` if you don't want to use any SCM or `--subdir` if initializing inside a subdirectory of a parent SCM repository.");
            if (repository is not null && repository.Root != Path.GetFullPath(root) && !parsed.GetValue(subdir))
                throw new DvcException($"failed to initiate DVC - {root} is inside the git repository {repository.Root}. Run it there, or use `--subdir`.");
            if (Directory.Exists(folder))
            {
                if (!parsed.GetValue(force))
                    throw new DvcException("failed to initiate DVC - '.dvc' exists. Use `-f` to force.");
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(Path.Combine(folder, "tmp"));
            AtomicFile.Write(Path.Combine(folder, "config"), withoutGit ? "[core]\n    no_scm = True\n" : "");
            AtomicFile.Write(Path.Combine(folder, ".gitignore"), "/config.local\n/tmp\n/cache\n");
            string ignore = Path.Combine(root, ".dvcignore");
            if (!File.Exists(ignore))
                AtomicFile.Write(ignore, Ignored);
            repository?.Add([Path.Combine(folder, "config"), Path.Combine(folder, ".gitignore"), ignore]);
            host.Out.Write($"Initialized DVC repository.\n{(repository is null ? "" : "\nYou can now commit the changes to git.\n")}");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}

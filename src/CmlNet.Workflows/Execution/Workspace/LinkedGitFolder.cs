namespace CmlNet.Workflows.Execution.Workspace;

/// <summary>
/// The repository of a linked work tree or a submodule, whose <c>.git</c> is a file that names a folder elsewhere. Copied as it is, a job
/// would reach the user's own repository by it, or nothing at all from a container.
/// </summary>
internal static class LinkedGitFolder
{
    private const string Prefix = "gitdir:";

    /// <summary>Of one work tree and not of the repository: gitrepository-layout(5).</summary>
    private static readonly string[] OwnFiles = ["HEAD", "ORIG_HEAD", "index", "config.worktree", "logs/HEAD"];

    /// <summary>Null when <c>.git</c> of the work tree is a folder, or nothing that git would take.</summary>
    public static string? Of(string root)
    {
        string file = Path.Combine(root, ".git");
        if (FileKinds.Of(file) != FileKind.Regular || new FileInfo(file).Length > 4096)
            return null;
        string text = File.ReadAllText(file).Trim();
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        string folder = Path.GetFullPath(Path.Combine(root, text[Prefix.Length..].Trim()));
        return File.Exists(Path.Combine(folder, "HEAD")) ? folder : null;
    }

    /// <summary>Makes one self-contained folder of the repository and what is the work tree's own.</summary>
    /// <param name="folder">From <see cref="Of"/>.</param>
    /// <param name="destination">The work tree's copy; its <c>.git</c> is created.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    public static async Task CopyAsync(string folder, string destination, CancellationToken cancellationToken)
    {
        string common = Path.Combine(folder, "commondir");
        string repository = File.Exists(common) ? Path.GetFullPath(Path.Combine(folder, (await File.ReadAllTextAsync(common, cancellationToken)).Trim())) : folder;
        string git = Path.Combine(destination, ".git");
        // Its other work trees and their locks are none of the job's.
        await WorkspaceCopier.CopyAsync(repository, git, path => path == "worktrees", cancellationToken);
        foreach (string name in OwnFiles.Where(name => repository != folder && File.Exists(Path.Combine(folder, name))))
            File.Copy(Path.Combine(folder, name), Path.Combine(git, name), overwrite: true);
        // A submodule's names the folder of its work tree.
        await new Repository.GitProgram(destination).RunAsync(["config", "--file", Path.Combine(git, "config"), "--unset-all", "core.worktree"], cancellationToken);
        await new Repository.GitProgram(destination).RunAsync(["config", "--file", Path.Combine(git, "config"), "core.bare", "false"], cancellationToken);
    }
}

namespace CmlNet.Cli.Commands.Run;

/// <summary>The work tree a command runs in: the nearest folder above with a <c>.git</c>, else the current one.</summary>
internal static class RepositoryRoot
{
    private const string Folder = ".github/workflows";

    public static string Find(string directory) => Above(directory) ?? Path.GetFullPath(directory);

    /// <summary>For a named workflow: the repository that holds it, which need not be the one of the working directory.</summary>
    /// <exception cref="CliException">It would be the root of the file system, which is no work tree.</exception>
    public static string Find(string directory, string? workflowFile)
    {
        string root = Above(directory) ?? Path.GetFullPath(directory);
        if (workflowFile is not null && Path.GetDirectoryName(Path.GetFullPath(Path.Combine(directory, workflowFile))) is { } holder)
        {
            if (Above(holder) is { } other)
                root = other;
            else if (holder.EndsWith("/" + Folder, StringComparison.Ordinal))
                root = holder[..^(Folder.Length + 1)];
        }
        return Path.GetPathRoot(root) == root
            ? throw new CliException(ExitCodes.Usage, "cml run: the whole file system would be the work tree. Run it in the folder of your repository.")
            : root;
    }

    private static string? Above(string directory)
    {
        for (DirectoryInfo? at = new(directory); at is not null; at = at.Parent)
        {
            string git = Path.Combine(at.FullName, ".git");
            if (Directory.Exists(git) || File.Exists(git))
                return at.FullName;
        }
        return null;
    }
}

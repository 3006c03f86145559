namespace CmlNet.Cli.Commands.Run;

/// <summary>The work tree a command runs in: the nearest folder above with a <c>.git</c>, else the current one.</summary>
internal static class RepositoryRoot
{
    public static string Find(string directory)
    {
        for (DirectoryInfo? at = new(directory); at is not null; at = at.Parent)
        {
            string git = Path.Combine(at.FullName, ".git");
            if (Directory.Exists(git) || File.Exists(git))
                return at.FullName;
        }
        return Path.GetFullPath(directory);
    }
}

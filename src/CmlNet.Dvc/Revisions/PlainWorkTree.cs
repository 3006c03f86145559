using System.Text;
using CmlNet.Dvc.Hashing;

namespace CmlNet.Dvc.Revisions;

/// <summary>The root of a work tree as git finds it where nobody configured anything about that.</summary>
internal static class PlainWorkTree
{
    private static readonly string[] Variables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_CEILING_DIRECTORIES", "GIT_OBJECT_DIRECTORY", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS"];

    /// <summary>Null when there is none, or git may think otherwise: work trees beside the main one, submodules, a root named in the configuration.</summary>
    /// <param name="directory">Absolute, no link in it.</param>
    public static string? Around(string directory)
    {
        if (Array.Exists(Variables, static name => Environment.GetEnvironmentVariable(name) is { Length: > 0 }) || GitRepository.FolderAround(directory) is not { } root)
            return null;
        string own = Path.Combine(root, ".git");
        try
        {
            // A folder that is itself a repository, bare or git's own.
            for (string folder = directory; folder.Length > root.Length; folder = Path.GetDirectoryName(folder) ?? "")
            {
                if (Path.GetFileName(folder) == ".git" || File.Exists(Path.Combine(folder, "HEAD")))
                    return null;
            }

            if (!Directory.Exists(Path.Combine(own, "objects")) || !Directory.Exists(Path.Combine(own, "refs")) || !SequentialFile.ReadAll(Path.Combine(own, "HEAD")).AsSpan().StartsWith("ref: refs/heads/"u8))
                return null;
            string configuration = Encoding.UTF8.GetString(SequentialFile.ReadAll(Path.Combine(own, "config")));
            return Mentions(configuration, "worktree") || Mentions(configuration, "include") || Mentions(configuration.Replace("bare = false", "", StringComparison.Ordinal), "bare") ? null : root;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Mentions(string configuration, string word) => configuration.Contains(word, StringComparison.OrdinalIgnoreCase);
}

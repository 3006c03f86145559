namespace CmlNet.Publishing.Assets;

/// <summary>
/// Files of a repository that are nobody's business: what git keeps for itself, where a checkout leaves the job's token, and
/// DVC's settings of one machine, where the passwords of its remotes are.
/// </summary>
internal static class PrivateFiles
{
    /// <param name="path">Without links.</param>
    /// <returns>Why the file is refused; null where it is not one of these.</returns>
    public static string? Refusal(string path)
    {
        string[] parts = path.Split('/', Path.DirectorySeparatorChar);
        if (parts.Any(IsGit))
            return "it is git's own, and may hold credentials";
        return parts is [.., var folder, var name] && Is(folder, ".dvc") && Is(name, "config.local") ? "it is of this machine only, and may hold credentials" : null;
    }

    /// <summary>Windows knows a folder by a short name too.</summary>
    private static bool IsGit(string name) => Is(name, ".git") || Is(name, "git~1");

    private static bool Is(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}

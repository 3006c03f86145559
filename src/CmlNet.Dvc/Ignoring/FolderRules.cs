namespace CmlNet.Dvc.Ignoring;

/// <summary>What of one folder's entries is left out.</summary>
/// <param name="folder">Relative to the root.</param>
/// <param name="isIgnored">The folder itself is left out, and so is everything in it.</param>
/// <param name="patterns">Those that may match, the one that decides first.</param>
internal sealed class FolderRules(string folder, bool isIgnored, IReadOnlyList<IgnorePattern> patterns)
{
    private readonly IgnorePattern[] _patterns = [.. patterns];

    public bool IsFolderIgnored => isIgnored;

    /// <summary>Whether an entry of the folder is left out.</summary>
    public bool IsIgnored(ReadOnlySpan<char> name, bool isFolder)
    {
        if (isIgnored)
            return true;
        string? path = null;
        foreach (IgnorePattern pattern in _patterns)
        {
            if (pattern.OnlyFolders && !isFolder)
                continue;
            if (pattern.Name is { } plain)
            {
                if (name.SequenceEqual(plain))
                    return !pattern.IsNegated;
                continue;
            }

            path ??= folder.Length == 0 ? name.ToString() : $"{folder}/{name}";
            if (pattern.Match(pattern.Base.Length == 0 ? path : path[(pattern.Base.Length + 1)..]))
                return !pattern.IsNegated;
        }

        return false;
    }
}

namespace CmlNet.Dvc.Ignoring;

/// <summary>
/// The patterns of the ignore files of a tree, each valid below its own folder. Files are read as folders are come to; a
/// parent that is excluded excludes everything below, whatever a file there says.
/// </summary>
public sealed class IgnoreRules
{
    private readonly string _root;
    private readonly string _fileName;
    private readonly IReadOnlyList<IgnorePattern> _builtIn;
    private readonly Dictionary<string, IReadOnlyList<IgnorePattern>> _byFolder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _folders = new(StringComparer.Ordinal) { [""] = false };
    private readonly Lock _lock = new();

    /// <param name="root">Absolute path of the tree.</param>
    /// <param name="fileName"><c>.dvcignore</c> or <c>.gitignore</c>.</param>
    /// <param name="builtIn">Patterns that hold everywhere.</param>
    public IgnoreRules(string root, string fileName, IReadOnlyList<string> builtIn)
    {
        ArgumentNullException.ThrowIfNull(builtIn);
        (_root, _fileName) = (root, fileName);
        _builtIn = [.. builtIn.Select(line => IgnorePattern.Parse(line, "", 0, "")).OfType<IgnorePattern>()];
    }

    /// <summary>Only what is data nowhere: for copies that lie where DVC looks at nothing, in its own folder.</summary>
    internal static IgnoreRules OfCopies() => new(Path.DirectorySeparatorChar + "dev" + Path.DirectorySeparatorChar + "null", ".dvcignore", [".hg/", ".git/", ".git"]);

    /// <summary>DVC's: what it never looks at, and <c>.dvcignore</c>.</summary>
    public static IgnoreRules OfDvc(string root) => new(root, ".dvcignore", [".hg/", ".git/", ".git", ".dvc/"]);

    /// <summary>Git's, as far as files of the tree and the repository's own exclude file say it.</summary>
    public static IgnoreRules OfGit(string root)
    {
        string exclude = Path.Combine(root, ".git", "info", "exclude");
        return new IgnoreRules(root, ".gitignore", [".git/", .. File.Exists(exclude) ? File.ReadAllLines(exclude) : []]);
    }

    /// <summary>Whether a path (relative to the root) is left out.</summary>
    public bool IsIgnored(string path, bool isFolder)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_lock)
            return Decide(path, isFolder);
    }

    /// <summary>What holds for the entries of one folder (relative to the root): for whoever lists it all.</summary>
    internal FolderRules In(string folder)
    {
        lock (_lock)
        {
            var patterns = new List<IgnorePattern>();
            for (string at = folder; ; at = at.LastIndexOf('/') is > 0 and int slash ? at[..slash] : "")
            {
                patterns.AddRange(FileOf(at).Reverse());
                if (at.Length == 0)
                    break;
            }

            return new FolderRules(folder, Decide(folder, isFolder: true), [.. patterns, .. _builtIn.Reverse()]);
        }
    }

    /// <summary>The pattern that decides about a path: file, line and text; null when none matches.</summary>
    public (string Source, int Line, string Text, bool IsNegated)? Explain(string path, bool isFolder)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_lock)
        {
            for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
            {
                if (Last(path[..slash], isFolder: true) is { IsNegated: false } parent)
                    return (parent.Source, parent.Line, parent.Text, false);
            }

            return Last(path, isFolder) is { } last ? (last.Source, last.Line, last.Text, last.IsNegated) : null;
        }
    }

    private bool Decide(string path, bool isFolder)
    {
        if (isFolder && _folders.TryGetValue(path, out bool known))
            return known;
        int slash = path.LastIndexOf('/');
        bool ignored = (slash > 0 && Decide(path[..slash], isFolder: true)) || Last(path, isFolder) is { IsNegated: false };
        if (isFolder)
            _folders[path] = ignored;
        return ignored;
    }

    private IgnorePattern? Last(string path, bool isFolder)
    {
        int slash = path.Length;
        while (slash >= 0)
        {
            slash = slash == 0 ? -1 : path.LastIndexOf('/', slash - 1);
            string folder = slash < 0 ? "" : path[..slash];
            if (LastOf(FileOf(folder), path, isFolder) is { } found)
                return found;
            if (slash < 0)
                break;
        }

        return LastOf(_builtIn, path, isFolder);
    }

    private static IgnorePattern? LastOf(IReadOnlyList<IgnorePattern> patterns, string path, bool isFolder)
    {
        for (int i = patterns.Count - 1; i >= 0; i--)
        {
            IgnorePattern pattern = patterns[i];
            if ((isFolder || !pattern.OnlyFolders) && pattern.Match(pattern.Base.Length == 0 ? path : path[(pattern.Base.Length + 1)..]))
                return pattern;
        }

        return null;
    }

    private IReadOnlyList<IgnorePattern> FileOf(string folder)
    {
        if (_byFolder.TryGetValue(folder, out IReadOnlyList<IgnorePattern>? known))
            return known;
        string relative = folder.Length == 0 ? _fileName : folder + "/" + _fileName;
        string path = Path.Combine(_root, relative);
        return _byFolder[folder] = File.Exists(path)
            ? [.. File.ReadAllLines(path).Select((line, index) => IgnorePattern.Parse(line, relative, index + 1, folder)).OfType<IgnorePattern>()]
            : [];
    }
}

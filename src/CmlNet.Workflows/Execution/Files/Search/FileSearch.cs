using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Execution.Files.Search;

/// <summary>The files that a list of patterns names, in the order of their names, folder by folder. Links are neither followed nor found.</summary>
internal sealed class FileSearch
{
    private readonly List<SearchPattern> _patterns = [];
    private readonly List<string> _unreachable = [];
    private readonly List<string> _links = [];
    private readonly IReadOnlyList<string> _tops;

    /// <param name="lines">Patterns as the job names them; blank lines and those that start with <c>#</c> are skipped.</param>
    /// <param name="map">To paths on this machine.</param>
    /// <exception cref="ArgumentException">A pattern that cannot be read.</exception>
    public FileSearch(IEnumerable<string> lines, JobFileMap map)
    {
        _tops = map.HostRoots;
        foreach (string line in lines.SelectMany(text => text.Split('\n')).Select(line => line.Trim()))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            bool negated = line[0] == '!';
            if (map.ToHost(negated ? line[1..].Trim() : line) is { } path)
                _patterns.Add(new SearchPattern(path, negated));
            else if (!negated)
                _unreachable.Add(line);
        }
    }

    /// <summary>Lines that name something in the image, which is not on this machine.</summary>
    public IReadOnlyList<string> Unreachable => _unreachable;

    /// <summary>Links that were met and left out.</summary>
    public IReadOnlyList<string> Links => _links;

    /// <summary>The folders and files to start from, none below another.</summary>
    public IReadOnlyList<string> Roots
    {
        get
        {
            string[] all = [.. _patterns.Where(pattern => !pattern.IsNegated).Select(pattern => pattern.Root).Distinct(StringComparer.Ordinal)];
            return [.. all.Where(root => !Array.Exists(all, other => other != root && root.StartsWith(other.TrimEnd('/') + "/", StringComparison.Ordinal)))];
        }
    }

    public IEnumerable<string> Files(CancellationToken cancellationToken) => Roots.Where(IsReachedWithoutLinks).SelectMany(root => Walk(root, cancellationToken));

    /// <summary>A pattern may name a file behind a link to a folder: such a root is not entered, as links below one are not.</summary>
    private bool IsReachedWithoutLinks(string root)
    {
        for (string? at = Path.GetDirectoryName(root); at is not null && !_tops.Contains(at, StringComparer.Ordinal); at = Path.GetDirectoryName(at))
        {
            if (FileKinds.Of(at) != FileKind.Link)
                continue;
            _links.Add(at);
            return false;
        }
        return true;
    }

    private IEnumerable<string> Walk(string start, CancellationToken cancellationToken)
    {
        var open = new Stack<string>([start]);
        while (open.TryPop(out string? path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (FileKinds.Of(path))
            {
                case FileKind.Directory:
                    foreach (string child in Children(path))
                        open.Push(child);
                    break;
                case FileKind.Regular when IsMatch(path):
                    yield return path;
                    break;
                case FileKind.Link when IsMatch(path):
                    _links.Add(path);
                    break;
            }
        }
    }

    /// <summary>The last first, as they go onto a stack.</summary>
    private static List<string> Children(string directory)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(directory, "*", CopyState.Everything).OrderDescending(StringComparer.Ordinal).ToList();
        }
        catch (UnauthorizedAccessException)
        {
            // Written by the job's own user and closed to us: as if it were not there.
            return [];
        }
    }

    private bool IsMatch(string path)
    {
        bool matches = false;
        foreach (SearchPattern pattern in _patterns)
        {
            if (matches == pattern.IsNegated && pattern.IsMatch(path))
                matches = !pattern.IsNegated;
        }
        return matches;
    }
}

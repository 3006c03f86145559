using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Execution.Files.Search;

/// <summary>The files that a list of patterns names, in the order of their names, folder by folder.</summary>
internal sealed class FileSearch
{
    /// <summary>Folders that link to each other make more paths than any disk has files.</summary>
    private const int MostFolderLinks = 10_000;

    private readonly List<SearchPattern> _patterns = [];
    private readonly List<string> _unreachable = [];
    private readonly List<string> _broken = [];
    private readonly JobFileMap _map;
    private readonly LinkUse _links;
    private readonly bool _skipsHidden;
    private int _folderLinks;

    /// <param name="lines">Patterns as the job names them; blank lines and those that start with <c>#</c> are skipped.</param>
    /// <param name="map">To paths on this machine.</param>
    /// <param name="links">What links are to this search.</param>
    /// <param name="skipsHidden">Leave out files and folders whose names begin with a dot.</param>
    /// <exception cref="ArgumentException">A pattern that cannot be read.</exception>
    public FileSearch(IEnumerable<string> lines, JobFileMap map, LinkUse links, bool skipsHidden = false)
    {
        (_map, _links, _skipsHidden) = (map, links, skipsHidden);
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

    /// <summary>Links that were met and lead to nothing.</summary>
    public IReadOnlyList<string> Broken => _broken;

    /// <summary>The folders and files to start from, none below another.</summary>
    public IReadOnlyList<string> Roots
    {
        get
        {
            string[] all = [.. _patterns.Where(pattern => !pattern.IsNegated).Select(pattern => pattern.Root).Distinct(StringComparer.Ordinal)];
            return [.. all.Where(root => !Array.Exists(all, other => other != root && root.StartsWith(other.TrimEnd('/') + "/", StringComparison.Ordinal)))];
        }
    }

    /// <exception cref="IOException">A link that the patterns name leads out of the job's directories, or in a circle.</exception>
    public IEnumerable<FoundFile> Files(CancellationToken cancellationToken) => Roots.SelectMany(root => Walk(root, cancellationToken));

    private IEnumerable<FoundFile> Walk(string start, CancellationToken cancellationToken)
    {
        // A root of the job's own is ours: nothing above it can be a link.
        string source = _map.HostRoots.Contains(start, StringComparer.Ordinal) ? start : Path.Combine(Follow(start, Path.GetDirectoryName(start)!), Path.GetFileName(start));
        var open = new Stack<Place>([new Place(start, source, null)]);
        while (open.TryPop(out Place? place))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_skipsHidden && Path.GetFileName(place.Path.AsSpan()).StartsWith('.'))
                continue;
            FileKind kind = FileKinds.Of(place.Source);
            if (kind == FileKind.Link && !TryFollow(ref place, ref kind))
                continue;
            if (kind == FileKind.Directory)
            {
                foreach (string child in Children(place.Source))
                    open.Push(new Place($"{place.Path.TrimEnd('/')}/{child}", $"{place.Source.TrimEnd('/')}/{child}", place));
            }
            else if ((kind is FileKind.Regular or FileKind.Link) && IsMatch(place.Path))
                yield return new FoundFile(place.Path, place.Source);
        }
    }

    /// <summary>False when the link is nothing to this search.</summary>
    private bool TryFollow(ref Place place, ref FileKind kind)
    {
        if (_links == LinkUse.Name)
            return true;
        if (_links == LinkUse.Files && !IsMatch(place.Path))
            return false;
        string end;
        try
        {
            end = JobLinks.Follow(_map, place.Source);
        }
        catch (IOException) when (!IsMatch(place.Path))
        {
            return false; // what is below it nobody can see, and no pattern names the link itself
        }
        catch (IOException e)
        {
            throw new IOException($"'{Shown(place.Path)}' cannot be read: {e.Message}", e);
        }
        place = place with { Source = end };
        kind = FileKinds.Of(end);
        if (kind == FileKind.Missing && IsMatch(place.Path))
            _broken.Add(Shown(place.Path));
        if (kind != FileKind.Directory)
            return kind == FileKind.Regular;
        if (_links == LinkUse.Files || place.IsWithinItself())
            return false;
        if (++_folderLinks > MostFolderLinks)
            throw new IOException($"more than {MostFolderLinks} links to folders lead to each other, the last at '{Shown(place.Path)}'");
        return true;
    }

    private string Follow(string start, string parent)
    {
        try
        {
            return JobLinks.Follow(_map, parent);
        }
        catch (IOException e)
        {
            throw new IOException($"'{Shown(start)}' cannot be read: {e.Message}", e);
        }
    }

    private string Shown(string path) => path.StartsWith(_map.HostWorkspace + "/", StringComparison.Ordinal) ? path[(_map.HostWorkspace.Length + 1)..] : _map.ToJob(path);

    /// <summary>Names, the last first, as they go onto a stack.</summary>
    private static List<string> Children(string directory)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(directory, "*", CopyState.Everything).Select(path => Path.GetFileName(path)).OrderDescending(StringComparer.Ordinal).ToList();
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

    private sealed record Place(string Path, string Source, Place? Parent)
    {
        /// <summary>A folder that is entered already on the way here.</summary>
        public bool IsWithinItself()
        {
            for (Place? outer = Parent; outer is not null; outer = outer.Parent)
            {
                if (outer.Source == Source)
                    return true;
            }
            return false;
        }
    }
}

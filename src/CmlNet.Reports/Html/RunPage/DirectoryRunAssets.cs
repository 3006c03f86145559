namespace CmlNet.Reports.Html.RunPage;

/// <summary>
/// The files under a run directory. A reference is tried from the directory itself and from those that hold comments, checks
/// and assets; what resolves to outside, through <c>..</c> or a symbolic link, is not found.
/// </summary>
/// <param name="directory">The run directory, in which the page lies.</param>
public sealed class DirectoryRunAssets(string directory) : IRunAssets
{
    /// <summary>Largest file put into the page, in bytes; a larger one is linked.</summary>
    public const long MaximumInlineBytes = 4 * 1024 * 1024;

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));

    /// <inheritdoc/>
    public RunAsset? Find(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        foreach (var candidate in Candidates(reference))
        {
            if (Read(candidate) is { } asset)
                return asset;
        }

        return null;
    }

    private IEnumerable<string> Candidates(string reference)
    {
        if (reference.Length == 0 || reference.Contains('\0', StringComparison.Ordinal))
            yield break;
        if (Uri.TryCreate(reference, UriKind.Absolute, out var absolute) && reference.Contains(':', StringComparison.Ordinal))
        {
            if (absolute.IsFile && !absolute.IsUnc)
                yield return absolute.LocalPath;
            yield break;
        }

        var end = reference.AsSpan().IndexOfAny('?', '#');
        var path = Uri.UnescapeDataString(end < 0 ? reference : reference[..end]);
        if (path.Contains('\0', StringComparison.Ordinal))
            yield break;
        if (Path.IsPathRooted(path))
        {
            yield return path;
            yield break;
        }

        foreach (var from in new[] { "", "comments", "checks", "assets" })
            yield return Path.Combine(_root, from, path);
    }

    private RunAsset? Read(string candidate)
    {
        try
        {
            var path = Path.GetFullPath(candidate);
            if (!path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal) || HasLink(path) || !File.Exists(path))
                return null;
            var relative = Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/');
            return new RunAsset(relative, new FileInfo(path).Length > MaximumInlineBytes ? null : File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // An unreadable picture is a missing one; the page says so in its place.
            return null;
        }
    }

    private bool HasLink(string path)
    {
        for (var part = path; part is not null && part.Length > _root.Length; part = Path.GetDirectoryName(part))
        {
            if (new FileInfo(part).LinkTarget is not null)
                return true;
        }

        return false;
    }
}

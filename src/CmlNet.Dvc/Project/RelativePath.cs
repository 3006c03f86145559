namespace CmlNet.Dvc.Project;

/// <summary>Paths as DVC's files hold them: forward slashes, relative to the project's root unless rooted.</summary>
public static class RelativePath
{
    /// <summary>A name relative to a folder, both relative to the root, unless the folder is rooted itself; <c>.</c> and <c>..</c> are resolved, the root itself is "".</summary>
    /// <exception cref="DvcException">The name is none for any file system.</exception>
    public static string Join(string folder, string name)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(name);
        if (name.Contains('\0', StringComparison.Ordinal))
            throw new DvcException($"'{name.Replace("\0", "\\0", StringComparison.Ordinal)}' is no path: it has a NUL character in it");
        if (name.StartsWith('/'))
            return name;
        var parts = new List<string>();
        foreach (string part in $"{folder}/{name}".Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (part != ".")
                parts.Add(part);
        }

        return (folder.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }

    /// <summary>The folder of a path; "" for the root.</summary>
    public static string Folder(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        int slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path[..slash];
    }

    /// <summary>The last part.</summary>
    public static string Name(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path[(path.LastIndexOf('/') + 1)..];
    }

    /// <summary>Whether a path is the folder itself or something below it.</summary>
    public static bool IsWithin(string path, string folder)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(folder);
        return folder.Length == 0 || string.Equals(path, folder, StringComparison.Ordinal) || (path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal));
    }

    /// <summary>A path seen from a folder, both relative to the root.</summary>
    public static string From(string folder, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith('/') ? path : Path.GetRelativePath("/" + folder, "/" + path).Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>Whether it names something elsewhere: <c>s3://…</c>, <c>https://…</c>.</summary>
    public static bool IsUrl(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Contains("://", StringComparison.Ordinal);
    }
}

using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Data;

/// <summary>Where a repository's files may make us write: in the work tree, not in git's or DVC's own folders, and not through links to elsewhere.</summary>
internal static class SafePath
{
    /// <summary>Looks at an output's path.</summary>
    /// <exception cref="DvcException">It is outside, or a file of DVC's own.</exception>
    public static void Check(DvcProject project, string path)
    {
        if (RelativePath.Name(path) is "dvc.yaml" or "dvc.lock" or ".dvcignore" || path.EndsWith(".dvc", StringComparison.Ordinal))
            throw new DvcException($"'{path}' cannot be an output: a file of that name is DVC's own. Give the data another name.");
        CheckInner(project, path);
    }

    /// <summary>Looks at the path of a file in an output.</summary>
    /// <exception cref="DvcException">Outside.</exception>
    public static void CheckInner(DvcProject project, string path)
    {
        if (path.StartsWith('/') || path == ".." || path.StartsWith("../", StringComparison.Ordinal))
            throw new DvcException($"'{path}' is outside of the project; such outputs are only read. Move it into the project.");
        if (path.Length == 0)
            throw new DvcException("'.' cannot be an output: it is the project itself");
        string[] parts = path.Split('/');
        if (IsDvcFolder(parts[0]) || Array.Exists(parts, IsGitFolder))
            throw new DvcException($"'{path}' cannot be an output: {(IsDvcFolder(parts[0]) ? ".dvc" : ".git")} is not for data");
        CheckLinks(project, path);
    }

    /// <summary>Whether git takes a folder of that name for its own, on some file system: what lies there may be run.</summary>
    public static bool IsGitFolder(string name) => name.Equals(".git", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether DVC takes a folder of that name for its own, on some file system.</summary>
    public static bool IsDvcFolder(string name) => name.Equals(".dvc", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes the folder a file goes into.</summary>
    public static void CreateFolderOf(DvcProject project, string path)
    {
        string folder = Path.GetDirectoryName(project.FullPath(path))!; // below the root
        CheckLinks(project, path);
        if (Directory.Exists(folder))
            return;
        for (string? parent = folder; parent is not null && parent.Length > project.Root.Length; parent = Path.GetDirectoryName(parent))
        {
            if (File.Exists(parent))
                throw new DvcException($"'{Path.GetRelativePath(project.Root, parent)}' is a file where the folder of '{path}' belongs; move it away");
        }

        Directory.CreateDirectory(folder);
    }

    // Only where a folder on the way is a link is every one followed: of most paths none is.
    private static void CheckLinks(DvcProject project, string path)
    {
        for (string folder = RelativePath.Folder(path); folder.Length > 0; folder = RelativePath.Folder(folder))
        {
            if (new DirectoryInfo(project.FullPath(folder)).LinkTarget is null)
                continue;
            string? inside = LinkWalk.FollowWithin(project.Root, project.FullPath(folder));
            if (inside is null or "." || inside.Split(Path.DirectorySeparatorChar) is var parts && (IsDvcFolder(parts[0]) || Array.Exists(parts, IsGitFolder)))
                throw new DvcException($"'{path}': '{folder}' is a link to {inside ?? LinkWalk.Follow(project.FullPath(folder)) ?? "nowhere"}, outside of the project's data. Put a folder in its place.");
        }
    }
}

using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Data;

/// <summary>Where a repository's files may make us write: in the work tree, not in git's or DVC's own folders, and not through links to elsewhere.</summary>
internal static class SafePath
{
    /// <exception cref="DvcException">Outside.</exception>
    public static void Check(DvcProject project, string path)
    {
        if (path.StartsWith('/') || path == ".." || path.StartsWith("../", StringComparison.Ordinal))
            throw new DvcException($"'{path}' is outside of the project; such outputs are only read. Move it into the project.");
        string first = path.Split('/')[0];
        if (first.Length == 0 || first is ".git" or ".dvc")
            throw new DvcException($"'{path}' cannot be an output: {(first.Length == 0 ? "it is the project itself" : first + " is not for data")}");
        CheckLinks(project, path);
    }

    /// <summary>Makes the folder a file goes into.</summary>
    public static void CreateFolderOf(DvcProject project, string path)
    {
        string folder = Path.GetDirectoryName(project.FullPath(path))!; // below the root
        if (!Directory.Exists(folder))
        {
            // A file where a folder belongs has been compared with the cache before.
            for (string? parent = folder; parent is not null && parent.Length > project.Root.Length; parent = Path.GetDirectoryName(parent))
            {
                if (File.Exists(parent))
                    File.Delete(parent);
            }

            Directory.CreateDirectory(folder);
        }

        CheckLinks(project, path);
    }

    private static void CheckLinks(DvcProject project, string path)
    {
        for (string folder = RelativePath.Folder(path); folder.Length > 0; folder = RelativePath.Folder(folder))
        {
            var info = new DirectoryInfo(project.FullPath(folder));
            if (info.LinkTarget is null)
                continue;
            string target = info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? "";
            if (!target.StartsWith(project.Root + "/", StringComparison.Ordinal) || target.StartsWith(project.Root + "/.git/", StringComparison.Ordinal))
                throw new DvcException($"'{path}': '{folder}' is a link to {target}, outside of the project. Put a folder in its place.");
        }
    }
}

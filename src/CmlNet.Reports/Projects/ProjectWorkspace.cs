using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Reports.Projects;

/// <summary>The work tree of a project. A link counts when it stays in the project or points into its cache: a repository must not make a report of somebody's other files.</summary>
internal sealed class ProjectWorkspace(DvcProject project, string name) : IRevision
{
    private readonly WorkspaceRevision _files = new(project.Root);

    public string Name => name;

    public byte[]? Read(string path)
    {
        string? target = Resolve(path);
        return target is null ? null : File.ReadAllBytes(target);
    }

    public IEnumerable<string> Paths() => _files.Paths();

    /// <summary>The file that a path of the project is; null when there is none, or it is elsewhere.</summary>
    public string? Resolve(string path)
    {
        string full = Path.GetFullPath(project.FullPath(path));
        string at = project.Root;
        if (!IsInside(full))
            return null;
        foreach (string part in Path.GetRelativePath(project.Root, full).Split('/'))
        {
            at = Path.Combine(at, part);
            FileSystemInfo info = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            if (info.LinkTarget is null)
                continue;
            if (info.ResolveLinkTarget(returnFinalTarget: true)?.FullName is not { } target || !IsInside(target))
                return null;
            at = target;
        }

        return File.Exists(at) ? at : null;
    }

    private bool IsInside(string full) =>
        (full.StartsWith(project.Root + "/", StringComparison.Ordinal) && !full.StartsWith(project.Root + "/.git/", StringComparison.Ordinal)) || full.StartsWith(project.Cache.Root + "/", StringComparison.Ordinal);
}

using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Reports.Projects;

/// <summary>The work tree of a project. A link counts when it stays in the project or points into its cache: a repository must not make a report of somebody's other files.</summary>
internal sealed class ProjectWorkspace(DvcProject project, string name) : IRevision
{
    private readonly WorkspaceRevision _files = new(project.Root);
    private readonly string _root = LinkWalk.Follow(project.Root) ?? project.Root;
    private readonly string _cache = LinkWalk.Follow(project.Cache.Root) ?? project.Cache.Root;

    public string Name => name;

    public byte[]? Read(string path)
    {
        string? target = Resolve(path);
        return target is null ? null : _files.Read(target);
    }

    public IEnumerable<string> Paths() => _files.Paths();

    /// <summary>The file that a path of the project is; null when there is none, or it is elsewhere.</summary>
    public string? Resolve(string path)
    {
        string full = Path.GetFullPath(project.FullPath(path));
        return IsInside(full, project.Root, project.Cache.Root) && LinkWalk.Follow(full) is { } at && IsInside(at, _root, _cache) && File.Exists(at) ? at : null;
    }

    private static bool IsInside(string full, string root, string cache) =>
        (full.StartsWith(root + "/", StringComparison.Ordinal) && !full.StartsWith(root + "/.git/", StringComparison.Ordinal)) || full.StartsWith(cache + "/", StringComparison.Ordinal);
}

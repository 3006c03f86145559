using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc data status</c> for people.</summary>
internal static class DataStatusText
{
    public static void Write(CliHost host, DvcProject project, DataStatus status)
    {
        bool any = Section(host, project, "Not in cache", "\n  (use \"dvc fetch <file>...\" to download files)", status.NotInCache.Select(path => ("", path)), false);
        any |= Section(host, project, "Not in remote", "\n  (use \"dvc push <file>...\" to upload files)", status.NotInRemote.Select(path => ("", path)), any);
        any |= Section(host, project, "DVC committed changes", "\n  (git commit the corresponding dvc files to update the repo)", Flat(status.Committed), any);
        any |= Section(host, project, "DVC uncommitted changes", "\n  (use \"dvc commit <file>...\" to track changes)\n  (use \"dvc checkout <file>...\" to discard changes)", Flat(status.Uncommitted), any);
        any |= Section(host, project, "Untracked files", "\n  (use \"git add <file> ...\" or \"dvc add <file>...\" to commit to git or to dvc)", status.Untracked.Select(path => ("", path)), any);
        any |= Section(host, project, "DVC unchanged files", "", status.Unchanged.Select(path => ("", path)), any);
        if (!any)
            host.Out.Write("No changes.\n");
        if (status.IsDirty)
            host.Out.Write("(there are other changes not tracked by dvc, use \"git status\" to see)\n");
    }

    private static IEnumerable<(string Kind, string Path)> Flat(IReadOnlyDictionary<string, List<string>> groups) => groups.SelectMany(group => group.Value.Select(path => (group.Key, path)));

    private static bool Section(CliHost host, DvcProject project, string title, string hint, IEnumerable<(string Kind, string Path)> items, bool isFurther)
    {
        List<string> lines = [.. items.Select(item => $"        {(item.Kind.Length == 0 ? "" : item.Kind + ": ")}{(item.Path.Contains(" -> ", StringComparison.Ordinal) ? item.Path : project.Shown(host, item.Path))}\n")];
        if (lines.Count == 0)
            return false;
        host.Out.Write($"{(isFurther ? "\n" : "")}{title}:{hint}\n{string.Concat(lines)}");
        return true;
    }
}

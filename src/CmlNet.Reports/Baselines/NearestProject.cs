using CmlNet.Dvc.Project;

namespace CmlNet.Reports.Baselines;

/// <summary>The DVC projects of a repository, which may have several; each is opened once.</summary>
/// <param name="root">Absolute root of the repository.</param>
/// <param name="environment">Of the process: DVC's configuration has a part in the user's folder.</param>
internal sealed class NearestProject(string root, IReadOnlyDictionary<string, string> environment)
{
    private readonly Dictionary<string, DvcProject?> _projects = new(StringComparer.Ordinal);

    /// <summary>The nearest around a file; null when there is none.</summary>
    /// <param name="path">Relative to the root.</param>
    public DvcProject? Of(string path)
    {
        for (string folder = path; folder.Length > 0;)
        {
            folder = folder.Contains('/', StringComparison.Ordinal) ? folder[..folder.LastIndexOf('/')] : "";
            if (Directory.Exists(Path.Combine(root, folder, ".dvc")))
                return _projects.TryGetValue(folder, out DvcProject? known) ? known : _projects[folder] = Open(folder);
        }

        return null;
    }

    private DvcProject? Open(string folder)
    {
        try
        {
            return DvcProject.Open(Path.Combine(root, folder), environment, TimeProvider.System);
        }
        catch (DvcException)
        {
            return null; // as if it tracked nothing
        }
    }
}

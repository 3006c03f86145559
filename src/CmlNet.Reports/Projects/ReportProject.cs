using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Reports.Baselines;

namespace CmlNet.Reports.Projects;

/// <summary>The DVC project that a report is about.</summary>
internal static class ReportProject
{
    /// <summary>The project around the folder of the results, not beyond its git repository; null when there is none, or the request does not ask for one.</summary>
    public static DvcProject? Open(ReportRequest request)
    {
        if (!request.ReadsProject || !request.IsDiscovery)
            return null;
        for (string? folder = request.Directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(Path.Combine(folder, ".dvc")))
                return Open(folder, request);
            if (Path.Exists(Path.Combine(folder, ".git")))
                return null;
        }

        return null;
    }

    /// <summary>The project's files at the baseline; null when it is no commit.</summary>
    public static IRevision? At(BaselineFiles? baseline, DvcProject project, string name) =>
        baseline?.Revision is { } revision ? new ProjectRevision(revision, name, project.PathInRepository) : null;

    private static DvcProject? Open(string folder, ReportRequest request)
    {
        try
        {
            return DvcProject.Open(folder, request.Environment, TimeProvider.System);
        }
        catch (DvcException)
        {
            return null; // a folder of that name with no configuration that can be read: no project
        }
    }
}

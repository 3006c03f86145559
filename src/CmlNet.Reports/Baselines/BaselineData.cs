using CmlNet.Dvc.Project;
using CmlNet.Reports.Projects;

namespace CmlNet.Reports.Baselines;

/// <summary>What a report's baseline needs that DVC tracks and this machine does not have. A report uses no network: whoever may, fetches it first.</summary>
public static class BaselineData
{
    /// <summary>The outputs to fetch, by project; empty when the baseline needs none.</summary>
    /// <exception cref="ReportInputException">A named file or the folder does not exist.</exception>
    public static IReadOnlyList<(DvcProject Project, IReadOnlyList<SelectedOutput> Outputs)> Missing(ReportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Baseline is not { Asked: not "none" } || !IsProject(request.Directory))
            return [];
        List<(DvcProject Project, SelectedOutput Output)> missing = [];
        List<string> files = [.. new ReportBuilder().FindCompared(request)];
        if (ReportProject.Open(request) is { } opened)
            files.AddRange(ProjectBuilder.PlotFiles(opened).Select(path => Path.GetFullPath(opened.FullPath(path))).Except(files, StringComparer.Ordinal).ToList());
        foreach (BaselineRequest asked in request.OtherBaselines.Prepend(request.Baseline))
        {
            using BaselineFiles baseline = BaselineFiles.Open(asked, request);
            missing.AddRange(files.Select(baseline.Missing).OfType<(DvcProject, SelectedOutput)>());
        }

        return [.. missing.GroupBy(one => one.Project.Root, StringComparer.Ordinal).Select(group => (group.First().Project, (IReadOnlyList<SelectedOutput>)[.. group.Select(one => one.Output).Distinct()]))];
    }

    private static bool IsProject(string directory)
    {
        for (string? folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(Path.Combine(folder, ".dvc")))
                return true;
        }

        return false;
    }
}

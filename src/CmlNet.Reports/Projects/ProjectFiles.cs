using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Projects;

/// <summary>The metrics and parameters that a project's <c>dvc.yaml</c> files name, wherever they lie.</summary>
internal static class ProjectFiles
{
    private const int MostFiles = 200;

    /// <summary>Completes what was found by name: adds what is declared, and leaves to the plots section what is drawn there.</summary>
    /// <param name="project">The project.</param>
    /// <param name="request">For the folder that paths are shown from.</param>
    /// <param name="found">By name.</param>
    /// <param name="skipped">Of no known kind, each with why.</param>
    public static (IReadOnlyList<FoundFile> Found, IReadOnlyList<string> Skipped) Complete(DvcProject project, ReportRequest request, IReadOnlyList<FoundFile> found, IReadOnlyList<string> skipped)
    {
        var plots = ProjectBuilder.PlotFiles(project).Select(path => Path.GetFullPath(project.FullPath(path))).ToHashSet(StringComparer.Ordinal);
        List<FoundFile> all = [.. found.Where(file => file.Reader.Name is not (HistoryReader.ReaderName or ImageReader.ReaderName or SklearnPlotReader.ReaderName) || !plots.Contains(file.File.FullPath))];
        var known = found.Select(file => file.File.FullPath).ToHashSet(StringComparer.Ordinal);
        var workspace = new ProjectWorkspace(project, "");
        (IReadOnlyList<string> metrics, IReadOnlyList<string> parameters) = Declared(workspace);
        all.AddRange(Found(metrics, new MetricsReader()).Concat(Found(parameters, new ParamsReader())).Take(MostFiles));
        IEnumerable<string> shown = all.Select(file => file.File.Path).Concat(plots.Select(path => Path.GetRelativePath(request.Directory, path).Replace('\\', '/'))).Append("dvc.yaml").Append("dvc.lock");
        return (all, [.. skipped.Where(text => !text.Contains("/dvc.yaml (", StringComparison.Ordinal) && !shown.Any(path => text.StartsWith(path + " (", StringComparison.Ordinal)))]);

        IEnumerable<FoundFile> Found(IReadOnlyList<string> paths, IArtifactReader reader)
        {
            foreach (string path in paths.SelectMany(path => Inside(project, path)))
            {
                string full = Path.GetFullPath(project.FullPath(path));
                if (workspace.Resolve(path) is not null && known.Add(full))
                    yield return new FoundFile(new ArtifactFile { FullPath = full, Path = Path.GetRelativePath(request.Directory, full).Replace('\\', '/'), IsNamed = false }, reader);
            }
        }
    }

    private static (IReadOnlyList<string> Metrics, IReadOnlyList<string> Params) Declared(ProjectWorkspace workspace)
    {
        var declared = new DeclaredFiles();
        foreach (string path in workspace.Paths().Where(path => RelativePath.Name(path) == "dvc.yaml"))
        {
            try
            {
                declared.Add(path, workspace.Read(path) ?? [], workspace.Read);
            }
            catch (Exception exception) when (exception is DvcFormatException or IOException or UnauthorizedAccessException)
            {
                continue; // the pipeline section says what is wrong with it
            }
        }

        return (declared.Metrics, [.. declared.Params.Keys]);
    }

    private static IEnumerable<string> Inside(DvcProject project, string path)
    {
        string full = project.FullPath(path);
        return Directory.Exists(full)
            ? Directory.EnumerateFiles(full, "*", new EnumerationOptions { IgnoreInaccessible = true }).Order(StringComparer.Ordinal).Select(file => $"{path}/{Path.GetFileName(file)}")
            : [path];
    }
}

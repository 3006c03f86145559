using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Baselines;
using CmlNet.Reports.Plots.Definitions;

namespace CmlNet.Reports.Projects;

/// <summary>Collects <see cref="ProjectFacts"/>. Nothing is written but what was hashed, and no network used; what cannot be read costs its own section.</summary>
/// <param name="project">The project.</param>
/// <param name="request">For the sections that are asked for.</param>
/// <param name="baseline">To compare with; null without.</param>
internal sealed class ProjectBuilder(DvcProject project, ReportRequest request, BaselineFiles? baseline)
{
    private const int MostPlots = 20;
    private readonly List<(string Section, string Text)> _notes = [];

    /// <param name="others">Further revisions for the plots.</param>
    /// <param name="cancellationToken">Stops between parts.</param>
    public ProjectFacts Build(IReadOnlyList<BaselineFiles> others, CancellationToken cancellationToken)
    {
        ProjectIndex? now = Part("pipeline", () => ProjectIndex.Read(project));
        if (now is null)
            return new ProjectFacts { Notes = _notes };
        IRevision? old = ReportProject.At(baseline, project, "baseline");
        ProjectIndex? before = old is null ? null : Part("pipeline", () => ProjectIndex.Read(old, project.Config, ""), " (in the baseline)");
        var facts = new ProjectFacts
        {
            Root = project.Root,
            Stages = Wants("pipeline") ? Part("pipeline", () => new StageFactsBuilder(project, now, before).Build(cancellationToken)) ?? [] : [],
            Data = Wants("data") && before is not null ? Part("data", () => Data(before, now)) : null,
            Plots = Wants("plots") ? Part("plots", () => Plots(old, others, cancellationToken)) ?? [] : [],
            Experiments = Wants("experiments") ? Part("experiments", () => new ExperimentFactsBuilder(project, baseline?.Baseline.Sha).Build(cancellationToken)) : null,
            Notes = _notes,
        };
        project.SaveState();
        return facts;
    }

    /// <summary>Whether any section of the report is about the project.</summary>
    public static bool IsAsked(ReportRequest request) => request.Configuration?.Sections is not { } sections || sections.Any(section => section.Name is "pipeline" or "data" or "plots" or "experiments");

    /// <summary>Files with plots that <c>dvc.yaml</c> names, relative to the project.</summary>
    public static IReadOnlyList<string> PlotFiles(DvcProject project)
    {
        try
        {
            return [.. PlotDefinitions.Of(new ProjectWorkspace(project, "workspace")).SelectMany(plot => plot.Files).Select(file => file.Path).Distinct(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is ReportInputException or IOException or UnauthorizedAccessException)
        {
            return []; // its section says so
        }
    }

    private bool Wants(string section) => request.Configuration?.Sections is not { } sections || sections.Any(one => one.Name == section);

    // As recorded on both sides: a machine without the data has not deleted it. What differs from the records makes a stage out of date.
    private List<DataFacts> Data(ProjectIndex before, ProjectIndex now)
    {
        DataSnapshot old = DataSnapshot.OfRecords(before, project, isGranular: true), records = DataSnapshot.OfRecords(now, project, isGranular: true);
        return [.. DataSnapshot.Compare(old, records).Select(Describe)];
    }

    private static DataFacts Describe(DataChange change) =>
        new(change.OldPath is not null ? "renamed" : change.Old is null ? "added" : change.New is null ? "deleted" : "modified", change.Path, change.OldPath, change.Old?.Value, change.New?.Value);

    private List<RevisionPlot> Plots(IRevision? old, IReadOnlyList<BaselineFiles> others, CancellationToken cancellationToken)
    {
        var workspace = new ProjectWorkspace(project, old is null ? "" : "this");
        List<IRevision> revisions = [.. new[] { old }.Concat(others.Select(other => ReportProject.At(other, project, other.Baseline.Name))).OfType<IRevision>(), workspace];
        IReadOnlyList<string> targets = request.Configuration?.Sections?.FirstOrDefault(section => section.Name == "plots")?.Options.Texts("targets") ?? [];
        List<PlotDefinition> definitions = [.. PlotDefinitions.Of(workspace).Where(plot => targets.Count == 0 || targets.Contains(plot.Id, StringComparer.Ordinal) || plot.Files.Any(file => targets.Contains(file.Path, StringComparer.Ordinal)))];
        foreach (string unknown in targets.Where(target => !definitions.Any(plot => plot.Id == target || plot.Files.Any(file => file.Path == target))))
            _notes.Add(("plots", $"dvc.yaml has no plot {unknown}."));
        if (definitions.Count > MostPlots)
            _notes.Add(("plots", $"The first {MostPlots} of {definitions.Count} plots are shown."));
        var plots = new List<RevisionPlot>();
        foreach (PlotDefinition definition in definitions.Take(MostPlots))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var plot = RevisionPlot.Read(definition, revisions);
            plots.Add(plot);
            _notes.AddRange(plot.Errors.Select(error => ("plots", $"Not read: {error}.")));
        }

        return plots;
    }

    private T? Part<T>(string section, Func<T?> read, string where = "") where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is DvcException or DvcFormatException or ReportInputException or IOException or UnauthorizedAccessException)
        {
            _notes.Add((section, $"Not read: {e.Message}{where}"));
            return null;
        }
    }
}

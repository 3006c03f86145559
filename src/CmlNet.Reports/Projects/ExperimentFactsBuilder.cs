using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Tables;

namespace CmlNet.Reports.Projects;

/// <summary>Experiments on the commit of the work tree and on the baseline, with their metrics and parameters.</summary>
/// <param name="project">The project.</param>
/// <param name="baseline">Full hash; null without one.</param>
internal sealed class ExperimentFactsBuilder(DvcProject project, string? baseline)
{
    private const int MostExperiments = 100;

    /// <summary>Null when there are none.</summary>
    public ExperimentFacts? Build(CancellationToken cancellationToken)
    {
        if (project.Repository is not { } repository || repository.Commit("HEAD") is not { } head)
            return null;
        string[] commits = baseline is null || baseline == head ? [head] : [baseline, head];
        List<Experiment> all = [.. new ExperimentReferences(project).All().Where(experiment => commits.Contains(experiment.Baseline, StringComparer.Ordinal)).Take(MostExperiments)];
        if (all.Count == 0)
            return null;
        using GitObjects? objects = GitObjects.Open(repository);
        if (objects is null)
            return null;
        List<ExperimentFacts.Row> rows = [];
        foreach (string commit in commits)
        {
            rows.Add(Read(commit[..7], commit, null, repository, objects, cancellationToken));
            foreach (Experiment experiment in all.Where(experiment => experiment.Baseline == commit))
                rows.Add(Read(experiment.Name, experiment.Commit, commit, repository, objects, cancellationToken));
        }

        rows = Shorten(rows);
        return new ExperimentFacts(rows, Names(rows, row => row.Metrics, onlyChanged: false), Names(rows, row => row.Params, onlyChanged: true));
    }

    private ExperimentFacts.Row Read(string name, string commit, string? parent, GitRepository repository, GitObjects objects, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var files = new CommitRevision(name, commit, objects);
        var data = new DataRevision(files, _ => project);
        IReadOnlyDictionary<string, DvcValue> Values(bool isParams)
        {
            RevisionValues values = RevisionReader.Read(data, new ValueQuery { IsParams = isParams, Prefix = project.PathInRepository }, cancellationToken);
            var flat = new Dictionary<string, DvcValue>(StringComparer.Ordinal);
            foreach ((string file, DvcValue tree) in values.Files)
            {
                foreach ((string key, DvcValue value) in isParams ? ValueFlattening.Params(tree) : ValueFlattening.Metrics(tree))
                    flat[$"{file}:{key}"] = value;
            }

            return flat;
        }

        return new ExperimentFacts.Row(name, commit, parent, Values(false), Values(true));
    }

    /// <summary>The file is named only where two have the same key, in whichever row.</summary>
    private static List<ExperimentFacts.Row> Shorten(List<ExperimentFacts.Row> rows)
    {
        Dictionary<string, string> metrics = ShortNames(rows.SelectMany(row => row.Metrics.Keys)), parameters = ShortNames(rows.SelectMany(row => row.Params.Keys));
        return [.. rows.Select(row => row with { Metrics = row.Metrics.ToDictionary(pair => metrics[pair.Key], pair => pair.Value, StringComparer.Ordinal), Params = row.Params.ToDictionary(pair => parameters[pair.Key], pair => pair.Value, StringComparer.Ordinal) })];
    }

    private static Dictionary<string, string> ShortNames(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).GroupBy(name => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal)
            .SelectMany(group => group.Select(name => (Name: name, Short: group.Count() == 1 ? group.Key : name)))
            .ToDictionary(pair => pair.Name, pair => pair.Short, StringComparer.Ordinal);

    private static IReadOnlyList<string> Names(List<ExperimentFacts.Row> rows, Func<ExperimentFacts.Row, IReadOnlyDictionary<string, DvcValue>> values, bool onlyChanged) =>
    [
        .. rows.SelectMany(row => values(row).Keys).Distinct(StringComparer.Ordinal).Order(CodePointComparer.Instance)
            .Where(name => !onlyChanged || rows.Select(row => values(row).GetValueOrDefault(name)).Select(value => value is null ? "" : PythonText.Text(value)).Distinct(StringComparer.Ordinal).Skip(1).Any()),
    ];
}

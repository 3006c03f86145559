using CmlNet.Dvc.Data;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Projects;

/// <summary>Stages as they are recorded, as they stand in the work tree, and as the baseline recorded them.</summary>
/// <param name="project">The project.</param>
/// <param name="now">Its stages.</param>
/// <param name="before">The baseline's; null without one.</param>
internal sealed class StageFactsBuilder(DvcProject project, ProjectIndex now, ProjectIndex? before)
{
    public IReadOnlyList<StageFacts> Build(CancellationToken cancellationToken)
    {
        var graph = new StageGraph(now.Stages);
        IReadOnlyDictionary<string, StageRun> runs = ReproRecord.Read(project, now.Stages);
        Dictionary<string, Stage>? old = before?.Stages.DistinctBy(stage => stage.Address).ToDictionary(stage => stage.Address, StringComparer.Ordinal);
        var facts = new List<StageFacts>();
        foreach (Stage stage in graph.Pipeline(now.Stages))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Stage? then = old?.GetValueOrDefault(stage.Address);
            facts.Add(new StageFacts(stage.Address, Command(stage), [.. graph.Producers(stage).Select(producer => producer.Address)])
            {
                Run = runs.GetValueOrDefault(stage.Address),
                Pending = Pending(StageStatus.Read(stage, project, allowsMissing: true, cancellationToken)),
                IsNew = old is not null && then is null,
                ChangedInputs = old is null ? null : then is null ? [] : [.. Inputs(then, stage)],
                ChangedOutputs = then is null ? [] : [.. Changed(then.Outputs.Select(output => (output.Path, output.Recorded)), stage.Outputs.Select(output => (output.Path, output.Recorded)))],
            });
        }

        return facts;
    }

    private static string? Command(Stage stage) => stage.Command is not { } command ? null : command.Kind == DvcValueKind.List ? string.Join(" && ", command.Items.Select(item => item.Text)) : command.Text;

    private static IReadOnlyList<string> Pending(StageStatus status) =>
    [
        .. status.Dependencies.Concat(status.Outputs).Select(item => item.Value.Kind == DvcValueKind.Map ? $"{item.Key}: {string.Join(", ", item.Value.Entries.Select(entry => $"{entry.Key} {entry.Value.Text}"))}" : $"{item.Key} {item.Value.Text}"),
        .. status.Other is { } other ? [other] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Inputs(Stage then, Stage stage)
    {
        if (then.RecordedCommand is { } old && stage.RecordedCommand is { } command && !ParamsFile.AreEqual(old, command))
            yield return "the command";
        foreach (string path in Changed(then.Dependencies.Select(dependency => (dependency.Path, dependency.Recorded)), stage.Dependencies.Select(dependency => (dependency.Path, dependency.Recorded))))
            yield return path;
        foreach (ParamsDependency parameter in stage.Params)
        {
            Dictionary<string, DvcValue> was = Leaves(then.Params.FirstOrDefault(one => one.Path == parameter.Path)).ToDictionary(StringComparer.Ordinal);
            foreach ((string key, DvcValue value) in Leaves(parameter))
            {
                if (!was.TryGetValue(key, out DvcValue? before))
                    yield return $"{key} = {ValueText.Of(value)}";
                else if (!ParamsFile.AreEqual(before, value))
                    yield return $"{key} {ValueText.Of(before)} → {ValueText.Of(value)}";
            }
        }
    }

    private static IReadOnlyList<KeyValuePair<string, DvcValue>> Leaves(ParamsDependency? parameter) => ValueFlattening.Params(DvcValue.Of([.. parameter?.Recorded ?? []]));

    // Something that is not recorded on one of the sides has changed there.
    private static IEnumerable<string> Changed(IEnumerable<(string Path, FileRecord? Record)> old, IEnumerable<(string Path, FileRecord? Record)> now)
    {
        Dictionary<string, FileRecord?> before = old.DistinctBy(item => item.Path).ToDictionary(item => item.Path, item => item.Record, StringComparer.Ordinal);
        return now.Where(item => item.Record?.Id != before.GetValueOrDefault(item.Path)?.Id).Select(item => item.Path);
    }
}

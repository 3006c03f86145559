using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>What <c>dvc.lock</c> holds about one stage.</summary>
/// <param name="Value">As it stands in the file.</param>
internal sealed record LockEntry(DvcValue Value)
{
    public DvcValue? Command => Value.Find("cmd");

    /// <summary>Takes what is recorded over into a stage.</summary>
    public void Apply(Stage stage)
    {
        stage.RecordedCommand = Command;
        var dependencies = ByPath("deps");
        foreach (Dependency dependency in stage.Dependencies)
            dependency.Recorded = dependencies.GetValueOrDefault(dependency.Text);
        var outputs = ByPath("outs");
        foreach (Output output in stage.Outputs)
            output.Recorded = outputs.GetValueOrDefault(output.Text);
        foreach (ParamsDependency parameter in stage.Params)
            parameter.Recorded = Value.Find("params")?.Find(parameter.Text)?.Entries;
    }

    /// <summary>From a stage whose hashes are up to date.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="withOutputs">With the content of the outputs; else with their paths only, as the run cache names its keys.</param>
    public static LockEntry Of(Stage stage, bool withOutputs = true)
    {
        var entry = new List<KeyValuePair<string, DvcValue>> { KeyValuePair.Create("cmd", stage.Command ?? DvcValue.Null) };
        if (stage.Dependencies.Count > 0)
            entry.Add(KeyValuePair.Create("deps", Files(stage.Dependencies.Select(dependency => (dependency.Text, dependency.Recorded)))));
        var parameters = stage.Params.Where(parameter => parameter.Recorded is not null).OrderBy(parameter => parameter.Text != "params.yaml").ThenBy(parameter => parameter.Text, CodePointComparer.Instance)
            .Select(parameter => KeyValuePair.Create(parameter.Text, DvcValue.Of([.. parameter.Recorded!.OrderBy(item => item.Key, CodePointComparer.Instance)]))).ToList(); // filtered above
        if (parameters.Count > 0)
            entry.Add(KeyValuePair.Create("params", DvcValue.Of(parameters)));
        if (stage.Outputs.Count > 0)
        {
            entry.Add(KeyValuePair.Create("outs", withOutputs
                ? Files(stage.Outputs.Select(output => (output.Text, output.Recorded)))
                : DvcValue.Of([.. stage.Outputs.Select(output => output.Text).Order(CodePointComparer.Instance).Select(DvcValue.Of)])));
        }

        return new LockEntry(DvcValue.Of(entry));
    }

    private static DvcValue Files(IEnumerable<(string Path, FileRecord? Record)> files) =>
        DvcValue.Of([.. files.OrderBy(file => file.Path, CodePointComparer.Instance).Select(file => DvcValue.Of([KeyValuePair.Create("path", DvcValue.Of(file.Path)), .. file.Record?.Write(isLock: true) ?? []]))]);

    private Dictionary<string, FileRecord> ByPath(string section)
    {
        var records = new Dictionary<string, FileRecord>(StringComparer.Ordinal);
        foreach (DvcValue entry in Value.Find(section)?.Items ?? [])
        {
            string path = entry.Find("path")?.Text ?? throw new DvcException("dvc.lock is not valid: an entry without path");
            if (FileRecord.Read(entry) is { } record)
                records[path] = record;
        }

        return records;
    }
}

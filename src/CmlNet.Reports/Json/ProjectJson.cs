using System.Text.Json;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Projects;
using CmlNet.Reports.Sections.Pipeline;

namespace CmlNet.Reports.Json;

/// <summary>A DVC project: stages, changed data, plots and experiments.</summary>
internal static class ProjectJson
{
    public static void Write(Utf8JsonWriter json, ProjectFacts? project) => json.Object("project", project, facts =>
    {
        json.Objects("stages", facts.Stages, stage =>
        {
            json.WriteString("name", stage.Name);
            json.WriteString("command", stage.Command);
            json.Texts("needs", stage.Needs);
            json.WriteString("state", StageText.Of(stage.State));
            json.Figure("seconds", stage.Run?.Seconds);
            json.Flag("changed", stage.ChangedInputs is null ? null : stage.IsChanged);
            json.Texts("changed_inputs", stage.ChangedInputs ?? []);
            json.Texts("changed_outputs", stage.ChangedOutputs);
            json.Texts("pending", stage.Pending);
        });
        json.Objects("data", facts.Data ?? [], change =>
        {
            json.WriteString("status", change.State);
            json.WriteString("path", change.Path);
            json.WriteString("old_path", change.OldPath);
            json.WriteString("old_hash", change.OldHash);
            json.WriteString("new_hash", change.NewHash);
        });
        json.Objects("plots", facts.Plots, plot =>
        {
            json.WriteString("id", plot.Definition.Id);
            json.Texts("files", plot.Definition.Files.Select(file => file.Path));
            json.Texts("revisions", plot.Revisions);
        });
        json.Objects("experiments", facts.Experiments?.Rows ?? [], row =>
        {
            json.WriteString("name", row.Name);
            json.WriteString("commit", row.Commit);
            json.WriteString("baseline", row.Baseline);
            Values(json, "metrics", row.Metrics);
            Values(json, "params", row.Params);
        });
    });

    private static void Values(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, DvcValue> values)
    {
        json.WriteStartObject(name);
        foreach ((string key, DvcValue value) in values.OrderBy(value => value.Key, CodePointComparer.Instance))
        {
            if (value.IsNumeric)
                json.Figure(key, value.AsDouble);
            else
                json.WriteString(key, ValueText.Of(value));
        }

        json.WriteEndObject();
    }
}

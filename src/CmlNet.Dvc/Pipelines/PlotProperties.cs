using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>How a stage's plot is drawn, as <c>dvc.yaml</c> says it: template, fields, titles.</summary>
public static class PlotProperties
{
    /// <summary>Changes the options of a plot where it stands among the outputs of its stage.</summary>
    /// <param name="project">The project.</param>
    /// <param name="path">The plot's file or folder, relative to the root.</param>
    /// <param name="set">Options and their new values.</param>
    /// <param name="unset">Options to take out.</param>
    /// <exception cref="DvcException">It is no plot of a single stage, or an option to take out is not there.</exception>
    public static void Change(DvcProject project, string path, IReadOnlyList<KeyValuePair<string, DvcValue>> set, IReadOnlyList<string> unset)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(unset);
        (Stage stage, Output output) = ProjectIndex.Read(project).Outputs.FirstOrDefault(item => item.Output.Path == path);
        if (stage is null || output.Kind != OutputKind.Plots || stage.Name is null)
            throw new DvcException($"unable to find '{path}' among the plots of the stages; list it under plots: of a stage in dvc.yaml");
        if (stage.Name.Contains('@', StringComparison.Ordinal))
            throw new DvcException($"cannot modify '{path}': stage '{stage.Name}' comes from foreach or matrix; change its template in {stage.File}");
        string file = project.FullPath(stage.File);
        DvcValue definition = TrackedFile.Parse(stage.File, File.ReadAllBytes(file)).Find("stages")?.Find(stage.Name) ?? throw new DvcException($"stage '{stage.Name}' is not in {stage.File}");
        List<DvcValue> plots = [.. definition.Find("plots")?.Items ?? []];
        int at = plots.FindIndex(item => NameOf(item) == output.Text);
        if (at < 0)
            throw new DvcException($"'{output.Text}' in {stage.File} is written with a template; change it by hand");
        List<KeyValuePair<string, DvcValue>> options = plots[at].Kind == DvcValueKind.Map ? [.. plots[at].Entries[0].Value.Entries] : [];
        foreach (string key in unset)
        {
            if (options.RemoveAll(option => option.Key == key) == 0)
                throw new DvcException($"display property '{key}' does not exist in '{path}'");
        }

        foreach (KeyValuePair<string, DvcValue> option in set)
        {
            options.RemoveAll(other => other.Key == option.Key);
            options.Add(option);
        }

        plots[at] = options.Count == 0 ? DvcValue.Of(output.Text) : DvcValue.Of([KeyValuePair.Create(output.Text, DvcValue.Of(options))]);
        PipelineEditor.Set(file, stage.Name, DvcValue.Of([.. definition.Entries.Select(entry => entry.Key == "plots" ? KeyValuePair.Create(entry.Key, DvcValue.Of(plots)) : entry)]));
    }

    private static string NameOf(DvcValue item) => item.Kind == DvcValueKind.Map && item.Entries.Count > 0 ? item.Entries[0].Key : item.Text;
}

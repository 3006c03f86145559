using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Plots.Vega;
using CmlNet.Reports.Tables;

namespace CmlNet.Reports.Plots.Definitions;

/// <summary>Plots as DVC prints them for programs: <c>{"data": {ID: [{"type", "revisions", "content" | "url", …}]}, "errors": […]}</c>.</summary>
public static class PlotsJson
{
    /// <param name="plots">What was read.</param>
    /// <param name="workspace">Where custom templates are looked for.</param>
    /// <param name="isSplit">The template and what goes into it stay apart.</param>
    /// <returns>One line.</returns>
    public static string Write(IReadOnlyList<RevisionPlot> plots, IRevision workspace, bool isSplit)
    {
        ArgumentNullException.ThrowIfNull(plots);
        List<KeyValuePair<string, DvcValue>> data = [];
        List<DvcValue> errors = [];
        foreach (RevisionPlot plot in plots.Where(plot => plot.Files.Count > 0))
        {
            try
            {
                data.Add(KeyValuePair.Create(plot.Definition.Id, DvcValue.Of(plot.IsImage ? Images(plot) : [Vega(plot, workspace, isSplit)])));
            }
            catch (ReportInputException e)
            {
                errors.Add(Map(("name", DvcValue.Of(plot.Definition.Id)), ("msg", DvcValue.Of(e.Message))));
            }
        }

        List<(string, DvcValue)> all = [("data", DvcValue.Of(data))];
        if (errors.Count > 0)
            all.Insert(0, ("errors", DvcValue.Of(errors)));
        return PythonJson.Write(Map([.. all]));
    }

    private static DvcValue Vega(RevisionPlot plot, IRevision workspace, bool isSplit)
    {
        var spec = VegaSpec.Of(plot, workspace);
        DvcValue revisions = DvcValue.Of([.. plot.Revisions.Select(DvcValue.Of)]);
        return isSplit
            ? Map(("type", DvcValue.Of("vega")), ("revisions", revisions), ("content", spec.Split.Template), ("anchor_definitions", spec.Split.Anchors))
            : Map(("type", DvcValue.Of("vega")), ("revisions", revisions), ("content", spec.Filled));
    }

    private static IReadOnlyList<DvcValue> Images(RevisionPlot plot) =>
        [.. plot.Files.Select(file => Map(("type", DvcValue.Of("image")), ("revisions", DvcValue.Of([DvcValue.Of(file.Revision)])), ("url", DvcValue.Of(file.File.Path))))];

    private static DvcValue Map(params (string Key, DvcValue Value)[] entries) => DvcValue.Of([.. entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value))]);
}

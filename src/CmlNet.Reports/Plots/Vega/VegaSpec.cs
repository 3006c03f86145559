using System.Text;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Plots.Definitions;
using CmlNet.Reports.Tables;

namespace CmlNet.Reports.Plots.Vega;

/// <summary>A template with its anchors filled in: DVC's own way to a Vega-Lite picture, custom templates under <c>.dvc/plots</c> included.</summary>
public sealed class VegaSpec
{
    private const string AnchorStart = "<DVC_METRIC_";
    private static readonly string[] Colors = ["#945dd6", "#13adc7", "#f46837", "#48bb78", "#4299e1", "#ed8936", "#f56565"];
    private static readonly string[] Dashes = ["[1, 0]", "[8, 8]", "[8, 4]", "[4, 4]", "[4, 2]", "[2, 1]", "[1, 1]"];
    private static readonly string[] Shapes = ["\"circle\"", "\"square\"", "\"triangle\"", "\"diamond\""];
    private readonly Dictionary<string, DvcValue> _anchors;
    private readonly DvcValue _template;

    private VegaSpec(DvcValue template, Dictionary<string, DvcValue> anchors)
    {
        _template = template;
        _anchors = anchors;
    }

    /// <summary>Reads the rows and finds the template.</summary>
    /// <param name="plot">What to draw.</param>
    /// <param name="workspace">Where custom templates are looked for.</param>
    /// <exception cref="ReportInputException">No such template, a broken one, or one without a place for the data.</exception>
    public static VegaSpec Of(RevisionPlot plot, IRevision workspace)
    {
        ArgumentNullException.ThrowIfNull(plot);
        ArgumentNullException.ThrowIfNull(workspace);
        string name = plot.Definition.Template ?? "linear", text = Template(name, workspace);
        if (!text.Contains(AnchorStart + "DATA>", StringComparison.Ordinal))
            throw new ReportInputException($"the template {name} has no <DVC_METRIC_DATA> for the rows");
        DvcValue template;
        try
        {
            template = JsonValueReader.Read(text);
        }
        catch (DvcFormatException e)
        {
            throw new ReportInputException($"the template {name} is not JSON: {e.Line}:{e.Column}: {e.Message}");
        }

        return new VegaSpec(template, Anchors(plot, VegaPoints.Of(plot)));
    }

    /// <summary>The whole specification.</summary>
    public DvcValue Filled => Fill(_template);

    /// <summary>The template as it is, and what belongs in its anchors.</summary>
    public (DvcValue Template, DvcValue Anchors) Split => (DvcValue.Of(PythonJson.Write(_template)), DvcValue.Of([.. _anchors.Select(anchor => KeyValuePair.Create($"{AnchorStart}{anchor.Key}>", anchor.Value))]));

    private static string Template(string name, IRevision workspace)
    {
        foreach (string path in (string[])[$".dvc/plots/{name}", $".dvc/plots/{name}.json", name])
        {
            if (!path.Contains("..", StringComparison.Ordinal) && !path.StartsWith('/') && workspace.Read(path) is { } content)
                return Encoding.UTF8.GetString(content);
        }

        return VegaTemplates.Find(name) ?? throw new ReportInputException($"no template '{name}'; known: {string.Join(", ", PlotKinds.Templates)}, and files under .dvc/plots");
    }

    private static Dictionary<string, DvcValue> Anchors(RevisionPlot plot, VegaPoints points)
    {
        PlotDefinition definition = plot.Definition;
        bool several = points.Points.Select(point => (point.Find("filename")?.Text, point.Find("field")?.Text)).Distinct().Count() > 1;
        string[] sources = [.. points.Points.Select(point => point.Find("field")?.Text ?? "").Distinct(StringComparer.Ordinal)];
        return new Dictionary<string, DvcValue>(StringComparer.Ordinal)
        {
            ["DATA"] = DvcValue.Of(points.Points),
            ["TITLE"] = DvcValue.Of(definition.Title ?? definition.Id),
            ["X"] = DvcValue.Of(Escape(points.X)),
            ["Y"] = DvcValue.Of(Escape(points.Y)),
            ["X_LABEL"] = DvcValue.Of(definition.XLabel ?? points.X),
            ["Y_LABEL"] = DvcValue.Of(definition.YLabel ?? points.YLabel),
            ["COLOR"] = Scale("rev", plot.Revisions, Colors.Select(color => $"\"{color}\"")),
            ["STROKE_DASH"] = several ? Scale("field", sources, Dashes) : DvcValue.Of(Array.Empty<KeyValuePair<string, DvcValue>>()),
            ["SHAPE"] = several ? Scale("field", sources, Shapes) : DvcValue.Of(Array.Empty<KeyValuePair<string, DvcValue>>()),
            ["GROUP_BY"] = JsonValueReader.Read(several ? "[\"rev\", \"filename\", \"field\"]" : "[\"rev\"]"),
            ["GROUP_BY_X"] = DvcValue.Of([DvcValue.Of("rev"), DvcValue.Of(Escape(points.X))]),
            ["GROUP_BY_Y"] = DvcValue.Of([DvcValue.Of("rev"), DvcValue.Of(Escape(points.Y))]),
            ["TOOLTIP"] = DvcValue.Of([.. new[] { points.X, points.Y }.Select(field => DvcValue.Of([KeyValuePair.Create("field", DvcValue.Of(Escape(field)))]))]),
            ["PIVOT_FIELD"] = DvcValue.Of("datum.rev"),
            ["ROW"] = DvcValue.Of(Array.Empty<KeyValuePair<string, DvcValue>>()),
            ["COLUMN"] = JsonValueReader.Read("""{"field": "rev", "sort": []}"""),
            ["PLOT_WIDTH"] = DvcValue.Of(300L),
            ["PLOT_HEIGHT"] = DvcValue.Of(300L),
            ["ZOOM_AND_PAN"] = JsonValueReader.Read("""{"name": "grid", "select": "interval", "bind": "scales"}"""),
        };
    }

    private static DvcValue Scale(string field, IReadOnlyList<string> domain, IEnumerable<string> range)
    {
        string[] values = [.. range];
        string names = PythonJson.Write(DvcValue.Of([.. domain.Select(DvcValue.Of)]));
        string colors = string.Join(", ", domain.Select((_, i) => values[i % values.Length]));
        return JsonValueReader.Read($$$"""{"field": "{{{field}}}", "scale": {"domain": {{{names}}}, "range": [{{{colors}}}]}}""");
    }

    // In a field's name Vega reads these as a way into nested values.
    private static string Escape(string field) => field.Replace(".", "\\.", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);

    // A text that is an anchor becomes its value of whatever type; within a longer one only text fits.
    private DvcValue Fill(DvcValue value)
    {
        switch (value.Kind)
        {
            case DvcValueKind.Text when value.Text.StartsWith(AnchorStart, StringComparison.Ordinal) && value.Text.EndsWith('>') && _anchors.TryGetValue(value.Text[AnchorStart.Length..^1], out DvcValue? whole):
                return whole;
            case DvcValueKind.Text when value.Text.Contains(AnchorStart, StringComparison.Ordinal):
                return DvcValue.Of(_anchors.Where(anchor => anchor.Value.Kind == DvcValueKind.Text).Aggregate(value.Text, (text, anchor) => text.Replace($"{AnchorStart}{anchor.Key}>", anchor.Value.Text, StringComparison.Ordinal)));
            case DvcValueKind.List:
                return DvcValue.Of([.. value.Items.Select(Fill)]);
            case DvcValueKind.Map:
                return DvcValue.Of([.. value.Entries.Select(entry => KeyValuePair.Create(entry.Key, Fill(entry.Value)))]);
            default:
                return value;
        }
    }
}

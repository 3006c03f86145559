using CmlNet.Dvc.Pipelines;
using CmlNet.Reports.Charts.Drawing;

namespace CmlNet.Reports.Charts.Graph;

/// <summary>Boxes in layers, joined by curves that run downwards.</summary>
internal sealed class GraphChart : IChart
{
    private const int MostNodes = 100;
    private const int DescribedNodes = 12;
    private const int Bends = 12;
    private const double Margin = 16, Top = 48, BoxHeight = 40, LayerGap = 34, Gap = 18, Widest = 220, Padding = 12;

    public string Name => GraphChartData.KindName;

    public string Describe(ChartData data)
    {
        GraphChartData graph = Cast(data);
        if (graph.Nodes.Count == 0)
            return $"Graph {graph.Title}: nothing in it.";
        IEnumerable<string> parts = graph.Nodes.Take(DescribedNodes).Select((node, place) =>
        {
            string[] needs = [.. graph.Edges.Where(edge => edge.To == place).Select(edge => graph.Nodes[edge.From].Name)];
            return node.Name + (node.Note.Length > 0 ? $" ({node.Note})" : "") + (needs.Length > 0 ? " after " + string.Join(" and ", needs) : "");
        });
        return $"Graph {graph.Title}: {string.Join("; ", parts)}{(graph.Nodes.Count > DescribedNodes ? $"; and {graph.Nodes.Count - DescribedNodes} more" : "")}.";
    }

    public string Render(ChartData data, ChartTheme theme)
    {
        GraphChartData graph = Cast(data);
        if (graph.Nodes.Count is 0 or > MostNodes)
            return Message(graph, theme, graph.Nodes.Count == 0 ? "nothing to draw" : $"{graph.Nodes.Count} boxes are more than can be drawn");
        double[] widths = [.. graph.Nodes.Select(Width)];
        var layout = GraphLayout.Of(widths, graph.Edges, Gap, 4);
        double width = Math.Max(layout.Width + 2 * Margin, Math.Min(320, TextMeasure.Width(SvgText.OneLine(graph.Title), PlotFrame.TitleSize, bold: true) + 2 * Margin));
        double left = (width - layout.Width) / 2;
        var svg = new SvgWriter(width, Top + layout.Layers * BoxHeight + (layout.Layers - 1) * LayerGap + Margin, Describe(data), theme);
        PlotFrame.Title(svg, theme, graph.Title, Margin, width - 2 * Margin);
        foreach ((int layer, IReadOnlyList<double> centers) in layout.Lines)
            DrawLine(svg, theme, layer, [.. centers.Select(center => center + left)]);
        for (int i = 0; i < graph.Nodes.Count; i++)
            DrawBox(svg, theme, graph.Nodes[i], layout.Boxes[i].Center + left, TopOf(layout.Boxes[i].Layer), widths[i]);
        return svg.Close();
    }

    private static double TopOf(int layer) => Top + layer * (BoxHeight + LayerGap);

    private static double Width(GraphNode node) =>
        Math.Min(Widest, Math.Max(70, Math.Max(TextMeasure.Width(SvgText.OneLine(node.Name), PlotFrame.NameSize, bold: true), TextMeasure.Width(SvgText.OneLine(node.Note), PlotFrame.TickSize)) + 2 * Padding));

    private static void DrawBox(SvgWriter svg, ChartTheme theme, GraphNode node, double center, double top, double width)
    {
        string color = node.Color is { } place ? theme.Series[place % theme.Series.Count] : theme.Axis;
        string tip = node.Note.Length > 0 ? $"{SvgText.OneLine(node.Name)}: {SvgText.OneLine(node.Note)}" : SvgText.OneLine(node.Name);
        svg.Rect(center - width / 2, top, width, BoxHeight, color, 6, tip: tip);
        svg.Rect(center - width / 2 + 1.5, top + 1.5, width - 3, BoxHeight - 3, theme.Background, 5);
        if (node.Color is not null)
            svg.Rect(center - width / 2 + 1.5, top + 1.5, width - 3, BoxHeight - 3, color, 5, 0.14);
        double room = width - 2 * Padding + 2;
        svg.Text(center, top + (node.Note.Length > 0 ? 17 : 25), TextMeasure.Fit(SvgText.OneLine(node.Name), PlotFrame.NameSize, room, bold: true), new TextStyle(PlotFrame.NameSize, theme.Text, "middle", Bold: true));
        if (node.Note.Length > 0)
            svg.Text(center, top + 32, TextMeasure.Fit(SvgText.OneLine(node.Note), PlotFrame.TickSize, room), new TextStyle(PlotFrame.TickSize, theme.Muted, "middle"));
    }

    // Between layers a curve that leaves and arrives upright; straight through a layer that it passes; an arrow at the end.
    private static void DrawLine(SvgWriter svg, ChartTheme theme, int layer, double[] centers)
    {
        var points = new List<PlotPoint>();
        for (int i = 1; i < centers.Length; i++)
        {
            double from = TopOf(layer + i - 1) + BoxHeight, to = TopOf(layer + i);
            for (int bend = 0; bend <= Bends; bend++)
            {
                double t = bend / (double)Bends, share = t * t * (3 - 2 * t);
                points.Add(new PlotPoint(centers[i - 1] + (centers[i] - centers[i - 1]) * share, from + (to - from) * t));
            }
        }

        double x = centers[^1], end = TopOf(layer + centers.Length - 1);
        svg.Path([.. points], theme.Axis, 1.5, "");
        svg.Area([new PlotPoint(x - 4, end - 7), new PlotPoint(x + 4, end - 7), new PlotPoint(x, end)], theme.Axis);
    }

    private string Message(GraphChartData graph, ChartTheme theme, string message)
    {
        var svg = new SvgWriter(320, 110, Describe(graph), theme);
        PlotFrame.Title(svg, theme, graph.Title, Margin, 320 - 2 * Margin);
        PlotFrame.Message(svg, theme, message, 160, 72);
        return svg.Close();
    }

    private static GraphChartData Cast(ChartData data) => data as GraphChartData ?? throw new ArgumentException($"a graph cannot draw '{data.Kind}' data");
}

using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace CmlNet.Publishing.Figures;

/// <summary>
/// Reads the numbers out of a chart's SVG. Plots are groups with <c>data-x</c> and <c>data-y</c> (see <see cref="PlotAxis"/>),
/// holding groups with <c>data-s</c>, a series' name, around its path or circles; rectangles tell theirs in a <c>title</c>:
/// <c>name: number</c>, or <c>actual A, predicted B: number</c>. <c>cml report</c> and <c>cml plot</c> draw them so.
/// </summary>
internal static partial class SvgFigure
{
    private const int MostMarks = 200_000;
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 8 * 1024 * 1024 };

    /// <returns>The figure; null where the file is no such chart.</returns>
    public static Figure? Read(ReadOnlyMemory<byte> svg)
    {
        try
        {
            using var stream = new MemoryStream(svg.ToArray(), writable: false);
            using XmlReader reader = XmlReader.Create(stream, Settings);
            var marks = new Marks();
            while (reader.Read() && marks.Count < MostMarks)
                Take(reader, marks);
            Figure figure = marks.ToFigure();
            return figure.IsEmpty ? null : figure;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static void Take(XmlReader reader, Marks marks)
    {
        if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "g")
            marks.Leave(reader.Depth);
        if (reader.NodeType != XmlNodeType.Element)
            return;
        switch (reader.LocalName)
        {
            case "g" when !reader.IsEmptyElement:
                marks.Enter(reader.Depth, PlotAxis.Read(reader.GetAttribute("data-x")), PlotAxis.Read(reader.GetAttribute("data-y")), reader.GetAttribute("data-s"));
                break;
            case "path" when reader.GetAttribute("fill") == "none":
                marks.AddLine(Points(reader.GetAttribute("d") ?? ""), isFaint: reader.GetAttribute("opacity") is not null);
                break;
            case "circle" when Number(reader.GetAttribute("cx")) is { } x && Number(reader.GetAttribute("cy")) is { } y:
                marks.AddPoint(new FigurePoint(x, y));
                break;
            case "title":
                marks.AddTitle(reader.ReadString(), isOfPicture: reader.Depth <= 1);
                break;
        }
    }

    private static List<FigurePoint> Points(string path)
    {
        var points = new List<FigurePoint>();
        foreach (string part in path.Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split(' ') is [var x, var y] && Number(x) is { } left && Number(y) is { } top)
                points.Add(new FigurePoint(left, top));
        }

        return points;
    }

    private static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    [GeneratedRegex(@"^actual (?<row>.*?), predicted (?<column>.*): (?<value>-?(?:[0-9][0-9.eE+-]*|nan|inf))(?: \([^()]*\))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CellTip();

    [GeneratedRegex(@"^(?<name>.*): (?<value>-?(?:[0-9][0-9.eE+-]*|nan|inf))(?: \([^()]*\))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BarTip();

    /// <summary>What has been seen of a picture so far.</summary>
    private sealed class Marks
    {
        private readonly List<(string Name, List<FigurePoint> Line, List<FigurePoint> Faint, List<FigurePoint> Points)> _series = [];
        private readonly List<string> _tips = [];
        private string _title = "";
        private (PlotAxis X, PlotAxis Y, int Depth)? _plot;
        private int? _seriesDepth;

        public int Count { get; private set; }

        public void Enter(int depth, PlotAxis? x, PlotAxis? y, string? name)
        {
            if (x is not null && y is not null)
                _plot = (x, y, depth);
            else if (name is not null && _plot is not null && _seriesDepth is null)
            {
                _seriesDepth = depth;
                _series.Add((name, [], [], []));
            }
        }

        public void Leave(int depth)
        {
            if (_seriesDepth == depth)
                _seriesDepth = null;
            else if (_plot?.Depth == depth)
                _plot = null;
        }

        public void AddLine(List<FigurePoint> pixels, bool isFaint)
        {
            if (_seriesDepth is not null)
                (isFaint ? _series[^1].Faint : _series[^1].Line).AddRange(pixels.Select(Value));
            Count += pixels.Count;
        }

        public void AddPoint(FigurePoint pixel)
        {
            if (_seriesDepth is not null)
                _series[^1].Points.Add(Value(pixel));
            Count++;
        }

        public void AddTitle(string text, bool isOfPicture)
        {
            if (isOfPicture)
                _title = text;
            else
                _tips.Add(text);
            Count++;
        }

        public Figure ToFigure()
        {
            // A smoothed line stands before the faint one that it smooths.
            FigureSeries[] series =
            [
                .. _series.Select(s => s.Line.Count > 0 ? new FigureSeries(s.Name, s.Line)
                    : s.Faint.Count > 0 ? new FigureSeries(s.Name, s.Faint)
                    : new FigureSeries(s.Name, s.Points) { IsLine = false }).Where(s => s.Points.Count > 0),
            ];
            if (series.Length > 0)
                return new Figure { Title = _title, Series = series };
            Match[] cells = [.. _tips.Select(t => CellTip().Match(t))];
            if (cells.Length > 0 && Array.TrueForAll(cells, c => c.Success))
                return new Figure { Title = _title, Cells = [.. cells.Select(c => new FigureCell(c.Groups["row"].Value, c.Groups["column"].Value, ValueOf(c) ?? 0))] };
            Match[] bars = [.. _tips.Select(t => BarTip().Match(t))];
            return bars.Length > 0 && Array.TrueForAll(bars, b => b.Success)
                ? new Figure { Title = _title, Bars = [.. bars.Where(b => ValueOf(b) is not null).Select(b => new FigureBar(b.Groups["name"].Value, ValueOf(b) ?? 0))] }
                : new Figure();
        }

        /// <summary>Null for what is told as no number, or as one without end.</summary>
        private static double? ValueOf(Match tip) => Number(tip.Groups["value"].Value);

        private FigurePoint Value(FigurePoint pixel) => new(_plot!.Value.X.ValueAt(pixel.X), _plot.Value.Y.ValueAt(pixel.Y)); // a series is inside a plot
    }
}

using System.Runtime.InteropServices;
using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Charts.Rates;

/// <summary>Curves in a square from 0 to 1, each with its figure in the legend.</summary>
internal sealed class RatePlot
{
    private const double Side = 400;
    private const double Left = 62;
    private const double Width = Left + Side + 24;
    private const int PointsKept = 1000;
    private readonly SvgWriter _svg;
    private readonly ChartTheme _theme;
    private readonly double _top;
    private readonly Scale _x;
    private readonly Scale _y;

    /// <param name="below">Room under the square, for a strip of counts.</param>
    public RatePlot(ChartTheme theme, string title, string description, (string X, string Y) names, IReadOnlyList<LegendEntry> entries, double below = 0)
    {
        var legend = new Legend(entries, 16, Width - 16);
        _theme = theme;
        _top = 44 + legend.Height;
        double bottom = _top + Side;
        _x = Scale.Over(0, 1, Left, Left + Side, 5, round: true);
        _y = Scale.Over(0, 1, bottom, _top, 5, round: true);
        _svg = new SvgWriter(Width, bottom + 46 + below, description, theme);
        PlotFrame.Title(_svg, theme, title, 16, Width - 32);
        legend.Draw(_svg, theme, 36);
        foreach (double tick in _x.Ticks)
            _svg.Line(_x.ToPixel(tick), _top, _x.ToPixel(tick), bottom, theme.Grid);
        PlotFrame.Vertical(_svg, theme, _y, Left, Left + Side);
        PlotFrame.Horizontal(_svg, theme, _x, bottom);
        var name = new TextStyle(PlotFrame.NameSize, theme.Muted, "middle");
        _svg.Text(Left + Side / 2, bottom + 36, names.X, name);
        _svg.Text(20, _top + Side / 2, names.Y, name with { Rotation = -90 });
        _svg.BeginPlot(_x, _y);
    }

    public SvgWriter Svg => _svg;

    public Scale X => _x;

    public double Bottom => _top + Side;

    public static bool HasPoints(RateCurve curve) => curve.X.Any(double.IsFinite);

    /// <summary>Names with their figures.</summary>
    public static IReadOnlyList<LegendEntry> Entries(IReadOnlyList<RateCurve> curves, string figure) =>
        [.. curves.Select((curve, i) => new LegendEntry($"{curve.Name}{(curve.Score is { } score ? $" ({figure} {FiveDigits.Format(score)})" : "")}", i, IsDashed: curve.IsBaseline))];

    /// <summary>One sentence with the figure of each curve.</summary>
    public static string Describe(string kind, string title, IReadOnlyList<RateCurve> curves, string figure)
    {
        var drawn = curves.Where(HasPoints).ToList();
        return drawn.Count == 0
            ? $"{kind} {title}: no data."
            : $"{kind} {title}: {string.Join("; ", drawn.Take(8).Select(curve => curve.Score is { } score ? $"{curve.Name} {figure} {FiveDigits.Format(score)}" : $"{curve.Name} with {curve.X.Count} points"))}{(drawn.Count > 8 ? $"; and {drawn.Count - 8} more" : "")}.";
    }

    public void Reference(double fromY, double toY) => _svg.Path([new(_x.ToPixel(0), _y.ToPixel(fromY)), new(_x.ToPixel(1), _y.ToPixel(toY))], _theme.Muted, 1.2, "3 4");

    public void Curve(RateCurve curve, int color, bool steps, bool dots)
    {
        var points = new List<PlotPoint>(curve.X.Count);
        for (int i = 0; i < curve.X.Count; i++)
        {
            if (!double.IsFinite(curve.X[i]) || !double.IsFinite(curve.Y[i]))
                continue;
            var point = new PlotPoint(_x.ToPixel(Math.Clamp(curve.X[i], 0, 1)), _y.ToPixel(Math.Clamp(curve.Y[i], 0, 1)));
            // Precision falls at the recall already reached; a straight line would promise what no threshold gives (Davis and Goadrich 2006).
            if (steps && points.Count > 0 && points[^1].X != point.X)
                points.Add(new PlotPoint(points[^1].X, point.Y));
            points.Add(point);
        }

        _svg.BeginSeries(curve.Name);
        string stroke = Legend.Color(_theme, color);
        if (points.Count > 1)
            _svg.Path(SeriesReduction.MinMax(CollectionsMarshal.AsSpan(points), PointsKept), stroke, 2, Legend.Dash(_theme, color, curve.IsBaseline));
        foreach (PlotPoint point in dots || points.Count == 1 ? points : [])
            Marker.Draw(_svg, color, point.X, point.Y, 3.5, stroke);
        _svg.End();
    }

    public string Close(string message = "")
    {
        if (message.Length > 0)
            PlotFrame.Message(_svg, _theme, message, Left + Side / 2, _top + Side * 0.2);
        _svg.End();
        return _svg.Close();
    }
}

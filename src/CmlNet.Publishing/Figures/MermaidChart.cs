using System.Globalization;
using System.Text;

namespace CmlNet.Publishing.Figures;

/// <summary>
/// A figure as a Mermaid diagram, which GitHub, GitLab and Gitea draw: <c>xychart-beta</c>, which has no legend and is so kept
/// to two lines, or <c>pie</c> for counts. Its older name is written, because the newer one is unknown to older versions.
/// </summary>
internal static class MermaidChart
{
    private const int MostPoints = 50;
    private const int MostLines = 2;
    private const int MostBars = 20;
    private const int MostSlices = 8;
    private const double Largest = 1e12;
    private const double Smallest = 1e-6;

    /// <returns>The diagram with its fence; null where a figure is none that can be drawn so.</returns>
    public static string? Render(Figure figure)
    {
        string? diagram = figure switch
        {
            { Series: { Count: > 0 and <= MostLines } series } when series.All(s => s is { IsLine: true, Points.Count: > 1 }) => Lines(series),
            { Bars: { Count: > 1 and <= MostSlices } bars } when bars.All(b => b.Value >= 0 && b.Value == Math.Floor(b.Value)) && bars.Any(b => b.Value > 0) => Pie(bars),
            { Bars: { Count: > 0 and <= MostBars } bars } => Bars(bars),
            _ => null,
        };
        return diagram is null ? null : $"```mermaid\n{diagram}```";
    }

    private static string? Lines(IReadOnlyList<FigureSeries> series)
    {
        FigurePoint[][] all = [.. series.Select(s => s.Points.OrderBy(p => p.X).ToArray())];
        double low = all[0][0].X, high = all[0][^1].X;
        // The axis is the diagram's: what begins or ends elsewhere would be drawn in the wrong place.
        if (low >= high || all.Any(p => Math.Abs(p[0].X - low) + Math.Abs(p[^1].X - high) > (high - low) / 100) || !AreDrawable([low, high]))
            return null;
        int count = Math.Clamp(all.Max(p => p.Length), 2, MostPoints);
        double[][] values = [.. all.Select(points => Enumerable.Range(0, count).Select(i => At(points, low + ((high - low) * i / (count - 1)))).Select(Rounded).ToArray())];
        if (values.Any(v => !AreDrawable(v)))
            return null;
        var text = new StringBuilder($"xychart-beta\n    x-axis {Number(low)} --> {Number(high)}\n");
        foreach (double[] line in values)
            text.Append($"    line [{string.Join(", ", line.Select(Number))}]\n");
        return text.ToString();
    }

    private static string? Bars(IReadOnlyList<FigureBar> bars) => AreDrawable([.. bars.Select(b => b.Value)])
        ? $"xychart-beta\n    x-axis [{string.Join(", ", bars.Select(b => Name(b.Name)))}]\n    bar [{string.Join(", ", bars.Select(b => Number(b.Value)))}]\n"
        : null;

    private static string? Pie(IReadOnlyList<FigureBar> bars) => AreDrawable([.. bars.Select(b => b.Value)])
        ? $"pie showData\n{string.Concat(bars.Where(b => b.Value > 0).Select(b => $"    {Name(b.Name)} : {Number(b.Value)}\n"))}"
        : null;

    private static string Name(string text) => $"\"{(text.Trim().Length == 0 ? "-" : FigureWords.Clean(text, longest: 30).Replace(';', ','))}\"";

    /// <summary>The diagram's numbers have no exponent.</summary>
    private static bool AreDrawable(IReadOnlyList<double> values) => values.All(v => Math.Abs(v) <= Largest) && (values.All(v => v == 0) || values.Max(Math.Abs) >= Smallest);

    private static string Number(double value) => (value == 0 ? 0 : value).ToString("0.########", CultureInfo.InvariantCulture);

    private static double At(FigurePoint[] points, double x)
    {
        int after = Array.FindIndex(points, p => p.X >= x);
        if (after < 0)
            return points[^1].Y;
        if (after == 0 || points[after].X == x)
            return points[after].Y;
        (FigurePoint a, FigurePoint b) = (points[after - 1], points[after]);
        return a.Y + ((b.Y - a.Y) * (x - a.X) / (b.X - a.X));
    }

    /// <summary>To the precision of the pixels that numbers come from.</summary>
    private static double Rounded(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

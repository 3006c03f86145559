namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Points in a plot. So many that they would cover each other become squares shaded by their number, or one sign per square where there are several series.</summary>
internal sealed class PointCloud(AxisPlot plot, int total, int series)
{
    private const int DrawnUpTo = 4000;
    private const double Square = 4;

    public static string Note(int total, int series) => total <= DrawnUpTo
        ? ""
        : series == 1 ? $"{total} points; shading is the number of points in a place" : $"{total} points; one sign for all of a series in one place";

    public void Draw(string name, int color, IReadOnlyList<double> x, IReadOnlyList<double> y, (AxisExtent X, AxisExtent Y) extents)
    {
        plot.Svg.BeginSeries(name);
        if (total <= DrawnUpTo)
        {
            (double radius, double opacity) = total <= 200 ? (4.0, 0.85) : total <= 1000 ? (3.0, 0.7) : (2.5, 0.5);
            for (int i = 0; i < x.Count; i++)
            {
                if (extents.X.CanShow(x[i]) && extents.Y.CanShow(y[i]))
                    Marker.Draw(plot.Svg, color, plot.X.ToPixel(x[i]), plot.Y.ToPixel(y[i]), radius, Legend.Color(plot.Theme, color), opacity);
            }
        }
        else
        {
            DrawSquares(color, x, y, extents);
        }

        plot.Svg.End();
    }

    private void DrawSquares(int color, IReadOnlyList<double> x, IReadOnlyList<double> y, (AxisExtent X, AxisExtent Y) extents)
    {
        // Whole pixels: between squares at fractions of one the page would shine through.
        double originX = Math.Floor(plot.X.From), originY = Math.Floor(plot.Top);
        int columns = (int)((plot.X.To - plot.X.From) / Square) + 3, rows = (int)((plot.Bottom - plot.Top) / Square) + 3;
        int[] counts = new int[columns * rows];
        for (int i = 0; i < x.Count; i++)
        {
            if (extents.X.CanShow(x[i]) && extents.Y.CanShow(y[i]))
                counts[(int)((plot.Y.ToPixel(y[i]) - originY) / Square) * columns + (int)((plot.X.ToPixel(x[i]) - originX) / Square)]++;
        }

        double most = Math.Log(counts.Max() + 1);
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0)
                continue;
            double left = originX + i % columns * Square, top = originY + i / columns * Square;
            if (series == 1)
                plot.Svg.Rect(left, top, Square, Square, plot.Theme.Sequential.At(0.25 + 0.75 * Math.Log(counts[i] + 1) / most).ToString());
            else
                Marker.Draw(plot.Svg, color, left + Square / 2, top + Square / 2, 2, Legend.Color(plot.Theme, color), 0.7);
        }
    }
}

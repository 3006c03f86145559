namespace CmlNet.Reports.Charts.Drawing;

/// <summary>The sign of one point. Shape changes with the series, so that colour is not the only difference.</summary>
internal static class Marker
{
    private const int Shapes = 4;

    public static void Draw(SvgWriter svg, int series, double x, double y, double radius, string fill, double opacity = 1)
    {
        switch (series % Shapes)
        {
            case 0: svg.Circle(x, y, radius, fill, opacity); break;
            case 1: svg.Rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8, fill, opacity: opacity); break;
            case 2: svg.Area([new(x, y - radius * 1.2), new(x + radius * 1.1, y + radius * 0.8), new(x - radius * 1.1, y + radius * 0.8)], fill, opacity); break;
            default: svg.Area([new(x, y - radius * 1.25), new(x + radius * 1.25, y), new(x, y + radius * 1.25), new(x - radius * 1.25, y)], fill, opacity); break;
        }
    }
}

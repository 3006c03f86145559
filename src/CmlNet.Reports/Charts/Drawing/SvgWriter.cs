using System.Globalization;
using System.Text;

namespace CmlNet.Reports.Charts.Drawing;

/// <summary>
/// Writes one SVG document. The same calls give the same bytes on every machine: two decimals at most, no ids but fixed ones, no time.
/// Self-contained: no script, no link, no web font.
/// </summary>
internal sealed class SvgWriter
{
    private const string Fonts = "'DejaVu Sans',Verdana,'Noto Sans CJK SC','Noto Color Emoji',sans-serif";
    private readonly StringBuilder _svg = new();

    public SvgWriter(double width, double height, string title, ChartTheme theme)
    {
        string w = Number(width), h = Number(height);
        string name = SvgText.Escape(title);
        _svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-label=\"{name}\" font-family=\"{Fonts}\">\n");
        _svg.Append($"<title>{name}</title>\n");
        Rect(0, 0, width, height, theme.Background);
    }

    public static string Number(double value)
    {
        double rounded = Math.Round(value, 2, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>The width of a document that this class wrote, without decimals.</summary>
    public static string WholeWidth(string svg)
    {
        int start = svg.IndexOf("width=\"", StringComparison.Ordinal) + 7;
        return svg[start..svg.IndexOf('"', start)].Split('.')[0];
    }

    /// <summary>Tells a viewer how pixels of the plot become values again: <c>from to low high</c> and whether the axis is logarithmic.</summary>
    public void BeginPlot(Scale x, Scale y) => _svg.Append($"<g data-x=\"{Axis(x)}\" data-y=\"{Axis(y)}\">\n");

    /// <summary>What is drawn until <see cref="End"/> belongs to one series; inside <see cref="BeginPlot"/>.</summary>
    public void BeginSeries(string name) => _svg.Append($"<g data-s=\"{SvgText.Escape(SvgText.OneLine(name))}\">\n");

    public void End() => _svg.Append("</g>\n");

    /// <param name="tip">Shown by a viewer that is pointed at the rectangle; none when empty.</param>
    public void Rect(double x, double y, double width, double height, string fill, double radius = 0, double opacity = 1, string tip = "")
    {
        string corner = radius > 0 ? $" rx=\"{Number(radius)}\"" : "";
        string end = tip.Length > 0 ? $"><title>{SvgText.Escape(tip)}</title></rect>" : "/>";
        _svg.Append($"<rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\"{corner} fill=\"{fill}\"{Opacity(opacity)}{end}\n");
    }

    /// <summary>A rectangle without a filling.</summary>
    public void Frame(double x, double y, double width, double height, string stroke) =>
        _svg.Append($"<rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\" fill=\"none\" stroke=\"{stroke}\"/>\n");

    public void Line(double x1, double y1, double x2, double y2, string stroke, double width = 1, string dash = "")
    {
        string dashes = dash.Length > 0 ? $" stroke-dasharray=\"{dash}\"" : "";
        _svg.Append($"<line x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\" stroke=\"{stroke}\" stroke-width=\"{Number(width)}\"{dashes}/>\n");
    }

    public void Circle(double x, double y, double radius, string fill, double opacity = 1) =>
        _svg.Append($"<circle cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"{Number(radius)}\" fill=\"{fill}\"{Opacity(opacity)}/>\n");

    /// <summary>A line through the points; the caller starts a new one where the data has a gap.</summary>
    public void Path(ReadOnlySpan<PlotPoint> points, string stroke, double width, string dash, double opacity = 1)
    {
        string dashes = dash.Length > 0 ? $" stroke-dasharray=\"{dash}\"" : "";
        _svg.Append($"<path fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{Number(width)}\" stroke-linejoin=\"round\" stroke-linecap=\"round\"{dashes}{Opacity(opacity)} d=\"");
        Points(points);
        _svg.Append("\"/>\n");
    }

    /// <summary>A filled outline; the last point is joined to the first.</summary>
    public void Area(ReadOnlySpan<PlotPoint> points, string fill, double opacity = 1)
    {
        _svg.Append($"<path fill=\"{fill}\"{Opacity(opacity)} d=\"");
        Points(points);
        _svg.Append("Z\"/>\n");
    }

    public void Text(double x, double y, string text, TextStyle style)
    {
        string anchor = style.Anchor == "start" ? "" : $" text-anchor=\"{style.Anchor}\"";
        string weight = style.Bold ? " font-weight=\"bold\"" : "";
        string rotate = style.Rotation == 0 ? "" : $" transform=\"rotate({Number(style.Rotation)} {Number(x)} {Number(y)})\"";
        _svg.Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" font-size=\"{Number(style.Size)}\" fill=\"{style.Fill}\"{anchor}{weight}{rotate}>{SvgText.Escape(text)}</text>\n");
    }

    private static string Opacity(double opacity) => opacity >= 1 ? "" : $" opacity=\"{Number(opacity)}\"";

    private static string Axis(Scale scale) =>
        string.Create(CultureInfo.InvariantCulture, $"{Number(scale.From)} {Number(scale.To)} {scale.Low:R} {scale.High:R} {(scale.IsLog ? 1 : 0)}");

    private void Points(ReadOnlySpan<PlotPoint> points)
    {
        char command = 'M';
        foreach (PlotPoint point in points)
        {
            _svg.Append(command).Append(Number(point.X)).Append(' ').Append(Number(point.Y));
            command = 'L';
        }
    }

    public string Close() => _svg.Append("</svg>\n").ToString();
}

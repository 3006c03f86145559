using System.Globalization;
using System.Xml.Linq;
using CmlNet.Reports.Charts.Drawing;

namespace CmlNet.Reports.Tests.Charts;

/// <summary>The rectangle an SVG text element covers, from the same advance widths the charts were laid out with.</summary>
internal sealed record TextBox(double Left, double Top, double Right, double Bottom)
{
    public static TextBox Of(XElement text)
    {
        double x = Number(text, "x"), y = Number(text, "y"), size = Number(text, "font-size");
        double width = TextMeasure.Width(text.Value, size, (string?)text.Attribute("font-weight") == "bold");
        double start = (string?)text.Attribute("text-anchor") switch { "middle" => -width / 2, "end" => -width, _ => 0 };
        double angle = Angle(text) * Math.PI / 180;
        (double X, double Y)[] corners = [(start, -size * 0.75), (start + width, -size * 0.75), (start, size * 0.2), (start + width, size * 0.2)];
        var turned = corners.Select(c => (X: x + c.X * Math.Cos(angle) - c.Y * Math.Sin(angle), Y: y + c.X * Math.Sin(angle) + c.Y * Math.Cos(angle))).ToList();
        return new TextBox(turned.Min(c => c.X), turned.Min(c => c.Y), turned.Max(c => c.X), turned.Max(c => c.Y));
    }

    public bool Overlaps(TextBox other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    private static double Angle(XElement text) => (string?)text.Attribute("transform") is { } transform
        ? double.Parse(transform["rotate(".Length..].Split(' ')[0], CultureInfo.InvariantCulture)
        : 0;

    private static double Number(XElement text, string attribute) => double.Parse((string)text.Attribute(attribute)!, CultureInfo.InvariantCulture); // the writer always sets these
}

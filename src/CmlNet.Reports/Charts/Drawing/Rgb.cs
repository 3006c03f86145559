using System.Globalization;
using System.Runtime.InteropServices;

namespace CmlNet.Reports.Charts.Drawing;

/// <summary>An opaque sRGB colour.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>Relative luminance by WCAG 2, 0 (black) to 1 (white).</summary>
    public double Luminance => 0.2126 * Linear(R) + 0.7152 * Linear(G) + 0.0722 * Linear(B);

    public static Rgb Parse(string hex)
    {
        int value = int.Parse(hex.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }

    public static Rgb Mix(Rgb from, Rgb to, double share) => new(
        (byte)Math.Round(from.R + (to.R - from.R) * share),
        (byte)Math.Round(from.G + (to.G - from.G) * share),
        (byte)Math.Round(from.B + (to.B - from.B) * share));

    /// <summary>WCAG 2 contrast ratio, 1 to 21.</summary>
    public double Contrast(Rgb other)
    {
        double a = Luminance, b = other.Luminance;
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    private static double Linear(byte channel)
    {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}

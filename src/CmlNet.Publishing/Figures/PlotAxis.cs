using System.Globalization;

namespace CmlNet.Publishing.Figures;

/// <summary>An axis as a chart's SVG tells it, <c>from to low high logarithmic</c>: pixels become values again.</summary>
internal sealed record PlotAxis(double From, double To, double Low, double High, bool IsLog)
{
    public static PlotAxis? Read(string? text)
    {
        string[] parts = (text ?? "").Split(' ');
        double[] numbers = [.. parts.Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return numbers is [var from, var to, var low, var high, var log] && numbers.All(double.IsFinite) && from != to && low < high && (log == 0 || low > 0)
            ? new PlotAxis(from, to, low, high, log != 0)
            : null;
    }

    public double ValueAt(double pixel)
    {
        double share = (pixel - From) / (To - From);
        return IsLog ? Math.Pow(10, Math.Log10(Low) + (share * (Math.Log10(High) - Math.Log10(Low)))) : Low + (share * (High - Low));
    }
}

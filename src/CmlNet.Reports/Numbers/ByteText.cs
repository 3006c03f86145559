using System.Globalization;

namespace CmlNet.Reports.Numbers;

/// <summary>Bytes with a decimal unit.</summary>
internal static class ByteText
{
    public static string Of(double bytes)
    {
        (double factor, string unit) = Math.Abs(bytes) switch { >= 1e9 => (1e9, "GB"), >= 1e6 => (1e6, "MB"), >= 1e3 => (1e3, "kB"), _ => (1.0, "B") };
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor:0.##} {unit}");
    }
}

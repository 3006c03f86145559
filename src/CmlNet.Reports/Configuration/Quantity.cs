using System.Globalization;
using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Configuration;

/// <summary>A number that may carry a unit: bytes, milliseconds or a percentage.</summary>
/// <param name="Value">In the base unit: bytes, milliseconds, or 0.01 for one per cent.</param>
/// <param name="Unit">As written; empty when none was.</param>
internal sealed record Quantity(double Value, string Unit)
{
    private static readonly Dictionary<string, double> Factors = new(StringComparer.Ordinal)
    {
        [""] = 1, ["%"] = 0.01,
        ["B"] = 1, ["kB"] = 1e3, ["KB"] = 1e3, ["MB"] = 1e6, ["GB"] = 1e9, ["TB"] = 1e12,
        ["KiB"] = 1024, ["MiB"] = 1048576, ["GiB"] = 1073741824, ["TiB"] = 1099511627776,
        ["us"] = 1e-3, ["ms"] = 1, ["s"] = 1e3, ["min"] = 6e4, ["h"] = 3.6e6, ["d"] = 8.64e7,
    };

    public bool IsPercentage => Unit == "%";

    /// <summary>Null when the node is no such quantity.</summary>
    public static Quantity? Read(ConfigNode node, QuantityType type) => node.Scalar switch
    {
        { IsNumeric: true } number => double.IsFinite(number.AsDouble) ? new Quantity(number.AsDouble, "") : null,
        { Kind: DvcValueKind.Text } text => Parse(text.Text, type.Units),
        _ => null,
    };

    /// <summary>Null unless the text is a finite number, alone or followed by one of the units.</summary>
    public static Quantity? Parse(string text, IReadOnlyList<string> units)
    {
        string trimmed = text.Trim();
        string unit = units.Where(unit => trimmed.EndsWith(unit, StringComparison.Ordinal)).MaxBy(unit => unit.Length) ?? "";
        return double.TryParse(trimmed.AsSpan(0, trimmed.Length - unit.Length).TrimEnd(), NumberStyles.Float & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? new Quantity(value * Factors[unit], unit)
            : null;
    }
}

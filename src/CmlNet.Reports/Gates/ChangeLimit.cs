using System.Globalization;
using CmlNet.Reports.Configuration;

namespace CmlNet.Reports.Gates;

/// <summary>How far a value may move from its baseline.</summary>
/// <param name="Value">Absolute, or as a fraction of the baseline (0.01 for 1 %).</param>
/// <param name="IsRelative">A fraction of the baseline's magnitude.</param>
public sealed record ChangeLimit(double Value, bool IsRelative)
{
    /// <summary><c>0.01</c> or <c>1%</c>; null when it is neither or negative.</summary>
    public static ChangeLimit? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Quantity.Parse(text, ["%"]) is { Value: >= 0 } quantity ? new ChangeLimit(quantity.Value, quantity.IsPercentage) : null;
    }

    public override string ToString() => IsRelative ? (Value * 100).ToString("0.######", CultureInfo.InvariantCulture) + " %" : Value.ToString("R", CultureInfo.InvariantCulture);
}

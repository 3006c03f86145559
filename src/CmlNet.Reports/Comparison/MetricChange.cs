using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Comparison;

/// <summary>One value on both sides; a side that lacks it is null.</summary>
public sealed record MetricChange
{
    public required string File { get; init; }

    /// <summary>The file itself, where <see cref="File"/> is a better name for it.</summary>
    public string Source { get => field ?? File; init; }

    /// <summary>Nested keys joined by dots; empty for a file that is one scalar.</summary>
    public required string Name { get; init; }

    public DvcValue? Old { get; init; }

    public DvcValue? New { get; init; }

    public MetricDirection Direction { get; init; }

    /// <summary>New minus old; null unless both are numbers.</summary>
    public double? Difference => Old is { IsNumeric: true } old && New is { IsNumeric: true } now ? now.AsDouble - old.AsDouble : null;

    /// <summary>The difference as a fraction of the old value's magnitude; null when that is 0 or not finite.</summary>
    public double? Relative => Difference is { } difference && Old!.AsDouble != 0 && double.IsFinite(difference / Math.Abs(Old.AsDouble)) ? difference / Math.Abs(Old.AsDouble) : null; // a difference has both sides

    public bool IsChanged => (Old, New) switch
    {
        (null, null) => false,
        (null, _) or (_, null) => true,
        var (old, now) => old.IsNumeric && now.IsNumeric ? !old.AsDouble.Equals(now.AsDouble) : !string.Equals(Numbers.ValueText.Of(old), Numbers.ValueText.Of(now), StringComparison.Ordinal),
    };

    /// <summary>Whether the change is for the better; null when unchanged or when it cannot be said. A number that became NaN is worse.</summary>
    public bool? IsBetter
    {
        get
        {
            if (Direction == MetricDirection.Unknown || Difference is not { } difference || !IsChanged)
                return null;
            if (double.IsNaN(New!.AsDouble) || double.IsNaN(Old!.AsDouble)) // a difference has both sides
                return double.IsNaN(Old!.AsDouble);
            return difference > 0 == (Direction == MetricDirection.Up);
        }
    }
}

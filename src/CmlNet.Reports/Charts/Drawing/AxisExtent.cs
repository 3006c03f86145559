namespace CmlNet.Reports.Charts.Drawing;

/// <summary>The range of the values that an axis has to cover, gathered one by one.</summary>
internal sealed class AxisExtent(bool isLog = false)
{
    public double Low { get; private set; } = double.PositiveInfinity;

    public double High { get; private set; } = double.NegativeInfinity;

    /// <summary>Every value is a whole number.</summary>
    public bool IsWhole { get; private set; } = true;

    public bool IsEmpty => Low > High;

    /// <summary>Whether a value has a place on the axis; on a logarithmic one only those above 0 have.</summary>
    public bool CanShow(double value) => Scale.CanShow(value) && (!isLog || value > 0);

    public void Add(double value)
    {
        Low = Math.Min(Low, value);
        High = Math.Max(High, value);
        IsWhole &= Math.Floor(value) == value;
    }

    public AxisRange ToRange(string name = "", bool isRounded = false) =>
        new() { Low = Low, High = High, Name = name, IsRounded = isRounded, IsWhole = IsWhole && !isRounded, IsLog = isLog };
}

namespace CmlNet.Reports.Predictions;

/// <summary>A way to cut the rows: the group of each row.</summary>
/// <param name="Codes">Null puts all rows into one group.</param>
/// <param name="Count">Number of groups.</param>
internal sealed record Grouping(int[]? Codes, int Count)
{
    public static readonly Grouping Whole = new(null, 1);

    public int this[int row] => Codes is { } codes ? codes[row] : 0;
}

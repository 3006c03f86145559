namespace CmlNet.Reports.Predictions;

/// <summary>A column that cuts the rows into slices.</summary>
/// <param name="Name">The column.</param>
/// <param name="Values">Names of the slices: the column's values, or the ranges that numbers were put into.</param>
/// <param name="Codes">The slice of each row.</param>
internal sealed record SliceColumn(string Name, IReadOnlyList<string> Values, int[] Codes);

namespace CmlNet.Reports.Predictions;

/// <summary>What a person wrote beside the rows; a row may have several tags or none.</summary>
/// <param name="Names">Sorted.</param>
/// <param name="Rows">The rows of each tag, ascending.</param>
internal sealed record TagColumn(IReadOnlyList<string> Names, IReadOnlyList<int[]> Rows);

namespace CmlNet.Reports.Findings;

/// <summary>What rows with a tag contribute to the errors; all but the counts are of the rows' weights where there are any.</summary>
/// <param name="Tag">As written in the file.</param>
/// <param name="Count">Rows with it.</param>
/// <param name="Share">Of all rows.</param>
/// <param name="Errors">Rows with it that are wrong.</param>
/// <param name="ErrorShare">Of all errors; null without any.</param>
/// <param name="ErrorRate">Errors by rows with the tag; null when these weigh nothing.</param>
/// <param name="Room">What accuracy would gain if all of them were right.</param>
internal sealed record TagResult(string Tag, long Count, double Share, long Errors, double? ErrorShare, double? ErrorRate, double Room);

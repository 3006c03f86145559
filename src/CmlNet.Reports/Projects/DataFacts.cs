namespace CmlNet.Reports.Projects;

/// <summary>A path of tracked data that changed.</summary>
/// <param name="State"><c>added</c>, <c>deleted</c>, <c>renamed</c> or <c>modified</c>.</param>
/// <param name="Path">Relative to the project; a folder ends in a slash.</param>
/// <param name="OldPath">Where it was, when it was renamed.</param>
/// <param name="OldHash">Null when it was added.</param>
/// <param name="NewHash">Null when it was deleted.</param>
internal sealed record DataFacts(string State, string Path, string? OldPath, string? OldHash, string? NewHash);

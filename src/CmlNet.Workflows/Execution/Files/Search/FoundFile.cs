namespace CmlNet.Workflows.Execution.Files.Search;

/// <summary>A file that patterns name.</summary>
/// <param name="Path">As it is named; on this machine.</param>
/// <param name="Source">Where its content is: another path when links are on the way to it.</param>
internal readonly record struct FoundFile(string Path, string Source);

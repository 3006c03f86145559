namespace CmlNet.Reports.Lineage;

/// <summary>A file by content.</summary>
/// <param name="Path">Relative to the folder of the report.</param>
/// <param name="Role"><c>input</c>, <c>output</c>, <c>file</c> or <c>packages</c>.</param>
/// <param name="Hash">With the algorithm in front: <c>md5:…</c>, <c>sha256:…</c>.</param>
/// <param name="Bytes">Null when not known.</param>
/// <param name="Note">Such as how many packages; empty without one.</param>
/// <param name="OldHash">The baseline's; null when not known.</param>
internal sealed record LineageFile(string Path, string Role, string Hash, long? Bytes, string Note = "", string? OldHash = null);

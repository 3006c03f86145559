using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary>One path that differs between two revisions.</summary>
/// <param name="Path">Relative to the project's root; a folder ends in a slash.</param>
/// <param name="Old">Null when it was added.</param>
/// <param name="New">Null when it was deleted.</param>
/// <param name="OldPath">Where it was, when it was moved.</param>
public sealed record DataChange(string Path, ObjectId? Old, ObjectId? New, string? OldPath = null);

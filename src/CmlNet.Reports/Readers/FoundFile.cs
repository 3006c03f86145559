namespace CmlNet.Reports.Readers;

/// <summary>A file and what reads it.</summary>
internal sealed record FoundFile(ArtifactFile File, IArtifactReader Reader);

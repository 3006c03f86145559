namespace CmlNet.Reports.Readers;

/// <summary>One file on both sides.</summary>
/// <param name="New">This run's.</param>
/// <param name="Old">The baseline's; null when it has no such file or there is no baseline.</param>
internal sealed record ArtifactPair(Artifact New, Artifact? Old);

namespace CmlNet.Containers;

/// <summary>Progress of a pull: layers done and bytes so far over all layers known yet.</summary>
public sealed record ImageProgress(string Reference, string Status, long CurrentBytes, long TotalBytes);

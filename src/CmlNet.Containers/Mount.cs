namespace CmlNet.Containers;

/// <summary>A bind mount of a host path, or of a named volume when <see cref="Source"/> is not absolute.</summary>
public sealed record Mount(string Source, string Target, bool ReadOnly = false);

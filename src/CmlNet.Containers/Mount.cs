namespace CmlNet.Containers;

/// <summary>A bind mount of a host path, of a named volume when <see cref="Source"/> is not absolute, or of a new volume when it is empty.</summary>
public sealed record Mount(string Source, string Target, bool ReadOnly = false);

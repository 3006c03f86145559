namespace CmlNet.Reports.Configuration;

/// <summary>A key with its place, and its value.</summary>
internal sealed record ConfigEntry(string Key, int Line, int Column, ConfigNode Value);

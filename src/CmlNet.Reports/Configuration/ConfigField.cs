namespace CmlNet.Reports.Configuration;

/// <summary>A key of a map.</summary>
internal sealed record ConfigField(string Name, ConfigType Type, string Description, bool IsRequired = false);

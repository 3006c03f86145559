namespace CmlNet.Reports.Configuration;

/// <summary>A configuration file that cannot be used: every defect at once, one per line of the message, in file order.</summary>
public sealed class ConfigException(IReadOnlyList<ConfigError> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<ConfigError> Errors { get; } = errors;
}

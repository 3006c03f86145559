using CmlNet.Reports.Configuration;

namespace CmlNet.Runner.Configuration;

/// <summary>Sizes and durations that are numbers with a unit, and make no sense all the same.</summary>
internal static class QuantityRules
{
    private const double LargestSize = 1e18;

    // Ten years.
    private const double LongestDuration = 3650 * 8.64e7;

    // Of these, nothing would mean that a job ends at once, or that something is asked for without a pause.
    private static readonly string[] MoreThanNothing = ["timeout", "start-timeout", "after-job", "interval"];

    public static IEnumerable<ConfigError> Check(string file, ConfigNode node, ConfigType type, string key = "")
    {
        switch (type)
        {
            case MapType map:
                return map.Fields.SelectMany(field => node.Find(field.Name) is { } value ? Check(file, value, field.Type, field.Name) : []);
            case ListType list:
                return (node.Items ?? []).SelectMany(item => Check(file, item, list.Item));
            case QuantityType quantity when Quantity.Read(node, quantity) is { } read && Defect(key, read, quantity) is { } defect:
                return [new ConfigError(file, node.Line, node.Column, $"{key} {defect}, not {node.Seen}")];
            default:
                return [];
        }
    }

    // What the engine takes at least, and what is forgotten to be more than a number of bytes.
    private static double Least(string key) => key switch { "memory" => 6 * 1024 * 1024, "shm" or "disk" => 1024 * 1024, _ => 0 };

    private static string? Defect(string key, Quantity read, QuantityType type) => read.Value switch
    {
        > 0 and { } size when type == RunnerSchema.Size && size < Least(key) => key == "memory" ? "must be at least 6MiB (a bare number counts bytes)" : "must be at least 1MiB (a bare number counts bytes)",
        < 0 => "must not be less than nothing",
        0 when MoreThanNothing.Contains(key, StringComparer.Ordinal) => "must be more than nothing",
        > LargestSize when type == RunnerSchema.Size => "must be a size that there is",
        // A bare number counts seconds.
        { } value when type == RunnerSchema.Duration && (read.Unit.Length == 0 ? value * 1000 : value) > LongestDuration => "must be at most 3650d",
        _ => null,
    };
}

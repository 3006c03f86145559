using CmlNet.Reports.Configuration;

namespace CmlNet.Runner.Configuration;

/// <summary>Sizes, durations and lists of texts under a key; checked against the schema before.</summary>
internal static class Quantities
{
    /// <summary>Bytes; null when absent.</summary>
    public static long? Size(ConfigNode node, string key) =>
        node.Find(key) is { } found && Quantity.Read(found, RunnerSchema.Size) is { } size ? (long)Math.Clamp(size.Value, 0, 1L << 60) : null;

    /// <summary>A bare number counts seconds. Null when absent.</summary>
    public static TimeSpan? Duration(ConfigNode node, string key) =>
        node.Find(key) is { } found && Quantity.Read(found, RunnerSchema.Duration) is { } length
            ? TimeSpan.FromMilliseconds(Math.Clamp(length.Unit.Length == 0 ? length.Value * 1000 : length.Value, 0, TimeSpan.FromDays(3650).TotalMilliseconds))
            : null;

    public static IReadOnlyList<string> Texts(ConfigNode node, string key) => node.Find(key) switch
    {
        { Items: { } items } => [.. items.Select(item => item.AsText ?? "")],
        { AsText: { } one } => [one],
        _ => [],
    };

    public static int Whole(ConfigNode node, string key, int absent) => node.Number(key) is { } number ? (int)Math.Min(number, int.MaxValue) : absent;
}

using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Comparison;

/// <summary>Two sides of one file, key by key.</summary>
internal static class ValueComparison
{
    /// <summary>This run's keys in its order, then those only the baseline has.</summary>
    public static IEnumerable<MetricChange> Compare(string file, IReadOnlyList<KeyValuePair<string, DvcValue>>? old, IReadOnlyList<KeyValuePair<string, DvcValue>> now, DirectionRules rules)
    {
        var before = new Dictionary<string, DvcValue>(old ?? [], StringComparer.Ordinal);
        foreach ((string name, DvcValue value) in now)
            yield return new MetricChange { File = file, Name = name, Old = before.GetValueOrDefault(name), New = value, Direction = rules.Of(name) };
        var present = now.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        foreach ((string name, DvcValue value) in (old ?? []).Where(entry => !present.Contains(entry.Key)))
            yield return new MetricChange { File = file, Name = name, Old = value, Direction = rules.Of(name) };
    }
}

using CmlNet.Reports.Configuration;

namespace CmlNet.Reports.Gates;

/// <summary>Gates from <c>report.gates</c>. Their types may be wrong, which somebody else says: what can be judged is judged all the same, so that nobody mends a file twice.</summary>
internal static class GateReader
{
    /// <summary>Those without a defect that is found here.</summary>
    public static IReadOnlyList<Gate> Read(IReadOnlyList<ConfigNode> items, string file, List<ConfigError> errors)
    {
        var gates = new List<Gate>();
        foreach (ConfigNode node in items.Where(item => item.Entries is not null || item.IsNull))
        {
            int before = errors.Count;
            var rules = new GateRules(node, file, errors);
            GateSubject? subject = rules.Subject();
            rules.Check(subject);
            if (errors.Count == before && subject is { } about)
                gates.Add(Build(node, about));
        }

        return gates;
    }

    private static Gate Build(ConfigNode node, GateSubject subject) => new()
    {
        Subject = subject,
        Name = Name(node, subject),
        Slice = node.Text("slice"),
        File = node.Text("file"),
        Min = Limit(node, "min")?.Value,
        Max = Limit(node, "max")?.Value,
        MaxDrop = Change(node, "max-drop"),
        MaxRise = Change(node, "max-rise"),
        Significance = node.Number("significance"),
        Margin = node.Number("margin"),
        MinN = (int?)node.Number("min-n"),
        Level = node.Text("level") == "warn" ? GateLevel.Warn : GateLevel.Error,
    };

    private static string Name(ConfigNode node, GateSubject subject) => subject switch
    {
        GateSubject.Drift => "share",
        GateSubject.Contract => "violations",
        GateSubject.Size => node.Text("size") ?? "",
        GateSubject.Latency => node.Text("latency") ?? "",
        _ => node.Text("metric") ?? "",
    };

    private static ChangeLimit? Change(ConfigNode node, string key) => Limit(node, key) is { } quantity ? new ChangeLimit(quantity.Value, quantity.IsPercentage) : null;

    private static Quantity? Limit(ConfigNode node, string key) => node.Find(key) is { } limit ? Quantity.Read(limit, ReportSchema.Limit) : null;
}

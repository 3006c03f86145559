using CmlNet.Reports.Configuration;

namespace CmlNet.Reports.Gates;

/// <summary>Gates from <c>report.gates</c>, whose types are known to be right: what is left is whether the keys go together.</summary>
internal static class GateReader
{
    private static readonly string[] Limits = ["min", "max", "max-drop", "max-rise", "significance", "margin", "required"];

    private static readonly string[] Subjects = ["metric", "drift", "size", "latency", "contract"];

    public static IReadOnlyList<Gate> Read(IReadOnlyList<ConfigNode> items, string file, List<ConfigError> errors)
    {
        var gates = new List<Gate>();
        foreach (ConfigNode node in items)
        {
            int before = errors.Count;
            GateSubject subject = Subject(node, file, errors);
            if (!Limits.Any(limit => node.Find(limit) is not null))
                errors.Add(new ConfigError(file, node.Line, node.Column, $"the gate has no limit; give one of {string.Join(", ", Limits)}"));
            var gate = new Gate
            {
                Subject = subject,
                Name = Name(node, subject),
                Slice = node.Text("slice"),
                File = node.Text("file"),
                Min = Limit(node, "min", subject, file, errors)?.Value,
                Max = Limit(node, "max", subject, file, errors)?.Value,
                MaxDrop = Change(node, "max-drop", subject, file, errors),
                MaxRise = Change(node, "max-rise", subject, file, errors),
                Significance = node.Number("significance"),
                Margin = node.Number("margin"),
                MinN = (int?)node.Number("min-n"),
                Level = node.Text("level") == "warn" ? GateLevel.Warn : GateLevel.Error,
            };
            if (gate.Min > gate.Max)
                errors.Add(new ConfigError(file, node.Line, node.Column, "min is greater than max, so that nothing could pass"));
            if (errors.Count == before)
                gates.Add(gate);
        }

        return gates;
    }

    private static GateSubject Subject(ConfigNode node, string file, List<ConfigError> errors)
    {
        string[] subjects = [.. Subjects.Where(key => node.Find(key) is not null)];
        if (subjects.Length != 1)
        {
            errors.Add(new ConfigError(file, node.Line, node.Column, subjects.Length == 0 ? "the gate is about nothing; give one of metric, drift, size, latency, contract" : $"the gate is about {string.Join(" and ", subjects)}; make one gate of each"));
            return GateSubject.Metric;
        }

        if (node.Find("slice") is { } slice && subjects[0] != "metric")
            errors.Add(new ConfigError(file, slice.Line, slice.Column, "slice goes with metric only"));
        return subjects[0] switch
        {
            "drift" => GateSubject.Drift,
            "size" => GateSubject.Size,
            "latency" => GateSubject.Latency,
            "contract" => GateSubject.Contract,
            _ => node.Find("slice") is null ? GateSubject.Metric : GateSubject.Slice,
        };
    }

    private static string Name(ConfigNode node, GateSubject subject) => subject switch
    {
        GateSubject.Drift => "share",
        GateSubject.Contract => "violations",
        GateSubject.Size => node.Text("size") ?? "",
        GateSubject.Latency => node.Text("latency") ?? "",
        _ => node.Text("metric") ?? "",
    };

    private static ChangeLimit? Change(ConfigNode node, string key, GateSubject subject, string file, List<ConfigError> errors) =>
        Limit(node, key, subject, file, errors, isChange: true) is { } quantity ? new ChangeLimit(quantity.Value, quantity.IsPercentage) : null;

    private static Quantity? Limit(ConfigNode node, string key, GateSubject subject, string file, List<ConfigError> errors, bool isChange = false)
    {
        if (node.Find(key) is not { } limit)
            return null;
        Quantity quantity = Quantity.Read(limit, ReportSchema.Limit)!; // checked against the schema
        bool fits = quantity.Unit.Length == 0 || quantity.IsPercentage || (subject switch
        {
            GateSubject.Size => ReportSchema.ByteUnits.Contains(quantity.Unit, StringComparer.Ordinal),
            GateSubject.Latency => ReportSchema.TimeUnits.Contains(quantity.Unit, StringComparer.Ordinal),
            _ => false,
        });
        if (!fits)
            errors.Add(new ConfigError(file, limit.Line, limit.Column, $"the unit {quantity.Unit} of {key} does not fit what the gate is about"));
        if (isChange && quantity.Value < 0)
            errors.Add(new ConfigError(file, limit.Line, limit.Column, $"{key} must not be negative: it says how far the value may move"));
        return quantity;
    }
}

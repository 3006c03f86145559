using CmlNet.Reports.Configuration;

namespace CmlNet.Reports.Gates;

/// <summary>Whether the keys of one gate go together. What is unknown or of a wrong type was said already, and is passed over.</summary>
/// <param name="node">The gate, a map or nothing.</param>
/// <param name="file">As messages should call it.</param>
/// <param name="errors">Takes the defects.</param>
internal sealed class GateRules(ConfigNode node, string file, List<ConfigError> errors)
{
    private static readonly string[] Limits = ["min", "max", "max-drop", "max-rise", "significance", "margin", "required"];

    private static readonly string[] Subjects = ["metric", "drift", "size", "latency", "contract"];

    private readonly bool _isMisspelt = node.Entries?.Any(entry => ReportSchema.Gate.Fields.All(field => field.Name != entry.Key)) == true;

    /// <summary>What the gate is about; null when that cannot be told.</summary>
    public GateSubject? Subject()
    {
        string[] subjects = [.. Subjects.Where(key => node.Find(key) is not null)];
        if (subjects.Length == 0 && !_isMisspelt)
            Add(node, $"the gate is about nothing; give one of {string.Join(", ", Subjects)}");
        if (subjects.Length > 1)
            Add(node, $"the gate is about {string.Join(" and ", subjects)}; make one gate of each");
        if (subjects.Length != 1)
            return null;
        if (node.Find(subjects[0]) is { Scalar: not null } name && string.IsNullOrWhiteSpace(name.AsText ?? "nothing, which was said"))
            Add(name, $"{subjects[0]} must not be empty");
        return subjects[0] switch
        {
            "drift" => GateSubject.Drift,
            "size" => GateSubject.Size,
            "latency" => GateSubject.Latency,
            "contract" => GateSubject.Contract,
            _ => node.Find("slice") is null ? GateSubject.Metric : GateSubject.Slice,
        };
    }

    public void Check(GateSubject? subject)
    {
        if (!_isMisspelt && !Limits.Any(limit => node.Find(limit) is { } given && !(limit == "required" && given.Scalar is { Kind: Dvc.Values.DvcValueKind.Boolean, Boolean: false })))
            Add(node, $"the gate has no limit; give one of {string.Join(", ", Limits)}");
        if (subject is not { } about)
            return;
        bool isMetric = about is GateSubject.Metric or GateSubject.Slice;
        Only("slice", isMetric, "metric only");
        Only("min-n", about == GateSubject.Slice, "slice only");
        Only("file", isMetric || about == GateSubject.Latency, "metric and latency only");
        Only("significance", isMetric, "metric only: nothing else is tested");
        Only("margin", about == GateSubject.Metric, "a metric without slice: nothing else has an interval of its change");
        bool isCompared = about is not (GateSubject.Drift or GateSubject.Contract);
        Only("max-drop", isCompared, "what a baseline has; here give min or max");
        Only("max-rise", isCompared, "what a baseline has; here give min or max");
        double? least = Limit("min", about)?.Value, greatest = Limit("max", about)?.Value;
        if (least > greatest)
            Add(node, "min is greater than max, so that nothing could pass");
        Limit("max-drop", about, isChange: isCompared);
        Limit("max-rise", about, isChange: isCompared);
    }

    private Quantity? Limit(string key, GateSubject subject, bool isChange = false)
    {
        if (node.Find(key) is not { } limit || Quantity.Read(limit, ReportSchema.Limit) is not { } quantity)
            return null;
        bool isCount = subject is GateSubject.Size or GateSubject.Latency or GateSubject.Contract;
        bool fits = quantity.Unit.Length == 0 || (quantity.IsPercentage && (isChange || !isCount)) || (subject switch
        {
            GateSubject.Size => ReportSchema.ByteUnits.Contains(quantity.Unit, StringComparer.Ordinal),
            GateSubject.Latency => ReportSchema.TimeUnits.Contains(quantity.Unit, StringComparer.Ordinal),
            _ => false,
        });
        if (!fits)
            Add(limit, $"the unit {quantity.Unit} of {key} does not fit what the gate is about");
        else if (isChange && quantity.Value < 0)
            Add(limit, $"{key} must not be negative: it says how far the value may move");
        else if (!isChange && isCount && quantity.Value < 0)
            Add(limit, $"{key} must not be negative: {subject switch { GateSubject.Size => "no size", GateSubject.Latency => "no time", _ => "no count" }} is");
        else if (!isChange && subject == GateSubject.Drift && quantity.Value is < 0 or > 1)
            Add(limit, $"{key} must be a share from 0 to 1, or in per cent, not {limit.Seen}");
        return fits ? quantity : null;
    }

    private void Only(string key, bool fits, string with)
    {
        if (!fits && node.Find(key) is { } found && !errors.Any(error => error.Line == found.Line && error.Column == found.Column))
            Add(found, $"{key} goes with {with}");
    }

    private void Add(ConfigNode at, string message) => errors.Add(new ConfigError(file, at.Line, at.Column, message));
}

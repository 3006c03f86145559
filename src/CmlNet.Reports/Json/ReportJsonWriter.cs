using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Comparison;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Json;

/// <summary>The report for programs. Numbers that are not finite are null; every key is always there.</summary>
public static class ReportJsonWriter
{
    /// <summary>One indented document with a line end.</summary>
    public static string Write(BuiltReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("verdict", Verdict(report.Facts.Verdict));
            json.WriteString("conclusion", GateConclusion.Of(report.Facts.Verdict));
            Baseline(json, report.Facts);
            Changes(json, "metrics", report.Facts.Metrics);
            Changes(json, "params", report.Facts.Params);
            PredictionJson.Write(json, report.Facts.Findings);
            DataJson.Write(json, report.Facts.Findings);
            ProjectJson.Write(json, report.Facts.Findings.Project);
            Gates(json, report.Facts.Gates);
            Sections(json, report.Model.Sections);
            Further(json, report.Facts.Findings);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string Verdict(ReportVerdict verdict) => verdict switch
    {
        ReportVerdict.Failed => "failed",
        ReportVerdict.Warned => "warned",
        _ => "passed",
    };

    private static void Baseline(Utf8JsonWriter json, ReportFacts facts)
    {
        if (facts.Baseline is not { } baseline)
        {
            json.WriteNull("baseline");
            return;
        }

        json.WriteStartObject("baseline");
        json.WriteString("rev", baseline.Name);
        json.WriteString("sha", baseline.Sha);
        json.Figure("age_seconds", baseline.Age?.TotalSeconds);
        json.Figure("distance", baseline.Distance);
        json.WriteString("missing", baseline.Missing);
        json.WriteEndObject();
    }

    private static void Changes(Utf8JsonWriter json, string name, IReadOnlyList<MetricChange> changes)
    {
        json.WriteStartArray(name);
        foreach (MetricChange change in changes)
        {
            json.WriteStartObject();
            json.WriteString("file", change.File);
            json.WriteString("name", change.Name);
            json.WritePropertyName("old");
            Value(json, change.Old);
            json.WritePropertyName("new");
            Value(json, change.New);
            json.Figure("diff", change.Difference);
            json.Figure("relative", change.Relative);
            json.WriteString("direction", change.Direction switch { MetricDirection.Up => "up", MetricDirection.Down => "down", _ => null });
            json.Flag("better", change.IsBetter);
            json.WriteString("note", Note(change));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Why a number is null.
    private static string? Note(MetricChange change)
    {
        string[] parts = [.. new[] { ("old", change.Old), ("new", change.New) }.Where(side => side.Item2 is { Kind: DvcValueKind.Number } value && !double.IsFinite(value.Number)).Select(side => $"{side.Item1} is {Numbers.ValueText.Of(side.Item2!)}")]; // filtered
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    private static void Gates(Utf8JsonWriter json, IReadOnlyList<GateResult> gates) => json.Objects("gates", gates, gate =>
    {
        json.WriteString("name", gate.Gate.Title);
        json.WriteString("level", gate.Gate.Level == GateLevel.Warn ? "warn" : "error");
        json.Figure("value", gate.Value);
        json.Figure("baseline", gate.Baseline);
        json.Figure("p", gate.P);
        json.Figure("low", gate.Interval?.Low);
        json.Figure("high", gate.Interval?.High);
        json.WriteString("limit", gate.Limit);
        json.Flag("passed", gate.Passed);
        json.WriteString("reason", gate.Reason);
    });

    private static void Sections(Utf8JsonWriter json, IReadOnlyList<ReportSection> sections) => json.Objects("sections", sections, section =>
    {
        json.WriteString("name", section.Name);
        json.Texts("notes", section.Blocks.OfType<NoteBlock>().Select(note => note.Text));
    });

    private static void Further(Utf8JsonWriter json, ReportFindings findings)
    {
        json.WriteStartObject("further");
        PredictionJson.WriteFurther(json, findings);
        DataJson.WriteFurther(json, findings);
        json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, DvcValue? value)
    {
        switch (value?.Kind)
        {
            case DvcValueKind.Boolean: json.WriteBooleanValue(value.Boolean); break;
            case DvcValueKind.Integer: json.WriteNumberValue(value.Integer); break;
            case DvcValueKind.Number when double.IsFinite(value.Number): json.WriteNumberValue(value.Number); break;
            case DvcValueKind.Text: json.WriteStringValue(value.Text); break;
            case DvcValueKind.List:
                json.WriteStartArray();
                foreach (DvcValue item in value.Items)
                    Value(json, item);
                json.WriteEndArray();
                break;
            case DvcValueKind.Map:
                json.WriteStartObject();
                foreach ((string key, DvcValue inner) in value.Entries)
                {
                    json.WritePropertyName(key);
                    Value(json, inner);
                }

                json.WriteEndObject();
                break;
            default: json.WriteNullValue(); break;
        }
    }
}

using System.Text.Json;
using CmlNet.Reports.Contracts;
using CmlNet.Reports.Drift;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Lineage;
using CmlNet.Reports.Performance;
using CmlNet.Reports.Readers.JUnit;

namespace CmlNet.Reports.Json;

/// <summary>The parts of the report about data, cost, tests and origin. Of several files of a kind the first stands at the top, the others under <c>further</c>.</summary>
internal static class DataJson
{
    public static void Write(Utf8JsonWriter json, ReportFindings findings)
    {
        json.First("drift", findings.Drift, drift => Drift(json, drift));
        json.First("contract", findings.Contracts, contract => Contract(json, contract));
        json.First("latency", findings.Latency, latency => Times(json, latency));
        json.Objects("sizes", findings.Sizes, size =>
        {
            json.WriteString("file", size.File);
            json.WriteNumber("bytes", size.Bytes);
            json.Figure("old_bytes", size.Old);
        });
        json.First("tests", findings.Tests, tests => Tests(json, tests));
        json.Object("lineage", findings.Lineage, lineage => Origin(json, lineage));
    }

    /// <summary>Of the files after the first of each kind.</summary>
    public static void WriteFurther(Utf8JsonWriter json, ReportFindings findings)
    {
        json.Objects("drift", findings.Drift.Skip(1), drift => Drift(json, drift));
        json.Objects("contract", findings.Contracts.Skip(1), contract => Contract(json, contract));
        json.Objects("latency", findings.Latency.Skip(1), latency => Times(json, latency));
        json.Objects("tests", findings.Tests.Skip(1), tests => Tests(json, tests));
    }

    private static void Drift(Utf8JsonWriter json, DriftResult drift)
    {
        json.WriteString("file", drift.File);
        json.WriteString("reference", drift.ReferenceFile);
        json.WriteStartObject("columns");
        foreach (DriftColumn column in drift.Columns.DistinctBy(column => column.Name))
        {
            json.WriteStartObject(column.Name);
            json.WriteString("test", column.Test);
            json.Figure("statistic", column.Statistic);
            json.Figure("p_value", column.P);
            json.Figure("threshold", column.Threshold);
            json.WriteBoolean("drifted", column.IsDrifted);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Figure("share", drift.Share);
        json.WriteBoolean("drifted", drift.IsDrifted);
        json.Texts("skipped", drift.Skipped);
    }

    private static void Contract(Utf8JsonWriter json, ContractResult contract)
    {
        json.WriteString("file", contract.File);
        json.WriteString("reference", contract.ReferenceFile);
        json.WriteNumber("rows", contract.Rows);
        json.Objects("violations", contract.Violations, violation =>
        {
            json.WriteString("column", violation.Column);
            json.WriteString("rule", violation.Rule);
            json.WriteString("found", violation.Found);
        });
    }

    private static void Times(Utf8JsonWriter json, LatencyResult latency)
    {
        json.WriteString("file", latency.File);
        Latency(json, latency.Figures);
        json.Object("old", latency.Old, old => Latency(json, old));
    }

    private static void Latency(Utf8JsonWriter json, LatencyFigures figures)
    {
        json.WriteNumber("n", figures.Count);
        json.Figure("p50", figures.P50);
        json.Figure("p95", figures.P95);
        json.Figure("p99", figures.P99);
        json.Figure("mean", figures.Mean);
    }

    private static void Tests(Utf8JsonWriter json, TestsResult result)
    {
        TestsArtifact tests = result.Tests;
        json.WriteString("file", tests.Path);
        json.WriteNumber("total", tests.Total);
        json.WriteNumber("passed", tests.Passed);
        json.WriteNumber("failed", tests.Failed);
        json.WriteNumber("errors", tests.Errors);
        json.WriteNumber("skipped", tests.Skipped);
        json.Figure("seconds", tests.Seconds);
        json.Objects("unsuccessful", tests.Unsuccessful, test =>
        {
            json.WriteString("name", test.Name);
            json.WriteString("message", test.Message);
            json.WriteBoolean("new", result.Broken.Contains(test.Name));
        });
    }

    private static void Origin(Utf8JsonWriter json, LineageFacts lineage)
    {
        json.WriteString("commit", lineage.Commit);
        json.WriteString("branch", lineage.Branch);
        json.Flag("dirty", lineage.IsDirty);
        json.Objects("files", lineage.Files, file => File(json, file));
        json.Objects("packages", lineage.Packages, file => File(json, file));
        json.Map("commands", lineage.Commands);
        json.Map("seeds", lineage.Seeds);
        json.Map("surroundings", lineage.Surroundings);
    }

    private static void File(Utf8JsonWriter json, LineageFile file)
    {
        json.WriteString("path", file.Path);
        json.WriteString("role", file.Role);
        json.WriteString("hash", file.Hash);
        json.Figure("bytes", file.Bytes);
        json.WriteString("old_hash", file.OldHash);
    }
}

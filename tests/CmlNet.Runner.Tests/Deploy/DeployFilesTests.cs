using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CmlNet.Runner.Configuration;
using YamlDotNet.RepresentationModel;

namespace CmlNet.Runner.Tests.Deploy;

/// <summary>What operators take from <c>deploy/runner</c>, checked by who reads it: our reader, systemd, a parser of queries.</summary>
public sealed partial class DeployFilesTests
{
    // What Prometheus itself adds, and what a histogram's samples have.
    private static readonly string[] Labels = ["name", "uuid", "instance", "job", "outcome", "job_result", "le"];

    [Fact]
    public void Rules_EveryExpression_IsAQuery()
    {
        YamlMappingNode[] rules = Rules();
        Assert.NotEmpty(rules);
        Assert.All(rules, rule =>
        {
            Check(Text(rule, "expr"));
            Assert.Matches("^Cml[A-Za-z]+$", Text(rule, "alert"));
            Assert.Contains(Text((YamlMappingNode)rule["labels"], "severity"), (string[])["warning", "critical"]);
            string summary = Text((YamlMappingNode)rule["annotations"], "summary");
            Assert.All(LabelUse().Matches(summary), use => Assert.Contains(use.Groups["label"].Value, Labels));
        });
        Assert.Equal(rules.Length, rules.Select(rule => Text(rule, "alert")).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Dashboard_EveryPanel_HasAQueryAndAPlaceOfItsOwn()
    {
        JsonObject[] panels = Panels();
        Assert.NotEmpty(panels);
        Assert.All(panels, panel => Assert.All(Expressions(panel), Check));
        Assert.Equal(panels.Length, panels.Select(panel => (int)panel["id"]!).Distinct().Count()); // as above
        Assert.Equal(panels.Length, panels.Select(panel => ((int)panel["gridPos"]!["x"]!, (int)panel["gridPos"]!["y"]!)).Distinct().Count()); // as above
    }

    [Theory]
    [InlineData("sum by (name (gha_running_jobs)")]
    [InlineData("rate(gha_running_jobs[5])")]
    [InlineData("gha_running_jobs{name=one}")]
    [InlineData("gha_running_jobs >")]
    public void Parse_BrokenQuery_IsRefused(string query) => Assert.Throws<FormatException>(() => PromQuery.Parse(query));

    [Fact]
    public void Compose_AsItIs_StartsTheDaemonAndWaitsForItsJobs()
    {
        var service = (YamlMappingNode)((YamlMappingNode)Yaml("compose.yaml")["services"])["cml-runner"];
        Assert.Equal(["runner", "start", "--config", "/etc/cml/runner.yaml"], ((YamlSequenceNode)service["command"]).Select(word => word.ToString()));
        Assert.True(Span(Text(service, "stop_grace_period")) > Sample().DrainTimeout);
        string[] volumes = [.. ((YamlSequenceNode)service["volumes"]).Select(volume => volume.ToString())];
        Assert.Contains("/var/run/docker.sock:/var/run/docker.sock", volumes);
        // What the daemon has the engine mount lies at the same path on both sides.
        string state = Text((YamlMappingNode)service["environment"], "STATE_DIRECTORY");
        Assert.Contains($"{state}:{state}", volumes);
    }

    [Fact]
    public void Unit_AsItIs_WaitsForReadinessAndForRunningJobs()
    {
        Dictionary<string, string> settings = File.ReadLines(PathOf("cml-runner.service"))
            .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
            .ToDictionary(line => line[..line.IndexOf('=', StringComparison.Ordinal)], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal);
        Assert.Equal(("notify", "main"), (settings["Type"], settings["NotifyAccess"]));
        Assert.EndsWith("cml runner start --config /etc/cml/runner.yaml", settings["ExecStart"], StringComparison.Ordinal);
        Assert.True(Span(settings["TimeoutStopSec"]) > Sample().DrainTimeout);
        // The sample's key is the unit's credential.
        Assert.StartsWith($"{Sample().Authentication.PrivateKey!.Name}:", settings["LoadCredential"], StringComparison.Ordinal); // the sample has one
    }

    [SkippableFact]
    public async Task Unit_AskedOfSystemd_HasNoDefects()
    {
        Skip.IfNot(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed.");
        using var folder = new TemporaryFolder();
        string unit = folder["cml-runner.service"];
        // The program need not be installed for the unit to be right.
        await File.WriteAllTextAsync(unit, (await File.ReadAllTextAsync(PathOf("cml-runner.service"))).Replace("/usr/local/bin/cml", "/bin/sh", StringComparison.Ordinal));
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze", ["verify", "--man=no", "--recursive-errors=no", unit]) { RedirectStandardError = true, UseShellExecute = false })!; // a new process
        string said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.DoesNotContain("cml-runner.service", said, StringComparison.Ordinal);
    }

    private static void Check(string expression)
    {
        PromQuery query = PromQuery.Parse(expression);
        Assert.All(query.Labels, label => Assert.Contains(label, Labels));
    }

    /// <summary>Metrics of the daemon's own that alerts and panels ask for. Histograms by their family.</summary>
    internal static IReadOnlyList<string> NamedMetrics() => [.. Rules().Select(rule => Text(rule, "expr")).Concat(Panels().SelectMany(Expressions))
        .SelectMany(expression => PromQuery.Parse(expression).Metrics)
        .Select(metric => HistogramPart().Replace(metric, ""))
        .Where(metric => metric != "up") // Prometheus' own
        .Distinct(StringComparer.Ordinal)];

    private static YamlMappingNode[] Rules() => [.. ((YamlSequenceNode)Yaml("prometheus-rules.yaml")["groups"]).Cast<YamlMappingNode>().SelectMany(group => (YamlSequenceNode)group["rules"]).Cast<YamlMappingNode>()];

    private static JsonObject[] Panels() => [.. JsonNode.Parse(File.ReadAllText(PathOf("grafana-dashboard.json")))!["panels"]!.AsArray().Select(panel => panel!.AsObject())]; // no literal null; a dashboard has panels

    private static IEnumerable<string> Expressions(JsonObject panel) => panel["targets"]!.AsArray().Select(target => (string)target!["expr"]!); // a panel has them

    private static RunnerConfiguration Sample() => RunnerConfigurationReader.ReadFile(PathOf("runner.yaml"), "runner.yaml", _ => null);

    // 6h 10min, 6h10m.
    private static TimeSpan Span(string text) => Part().Matches(text).Aggregate(TimeSpan.Zero, (sum, part) => sum + (part.Groups["unit"].Value[0] == 'h' ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1)) * int.Parse(part.Groups["count"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));

    private static YamlMappingNode Yaml(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(PathOf(file))));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value ?? "";

    private static string PathOf(string file) => Path.Combine(Root(), "deploy", "runner", file);

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CmlNet.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"no CmlNet.sln above {AppContext.BaseDirectory}");
    }

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HistogramPart();

    [GeneratedRegex(@"\$labels\.(?<label>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelUse();

    [GeneratedRegex(@"(?<count>\d+)\s*(?<unit>h|min|m)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}

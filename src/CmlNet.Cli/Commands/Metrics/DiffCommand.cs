using System.CommandLine;
using CmlNet.Reports.Tables;

namespace CmlNet.Cli.Commands.Metrics;

/// <summary><c>cml metrics diff</c> and <c>cml params diff</c>: two revisions, key by key.</summary>
internal static class DiffCommand
{
    /// <param name="host">Surroundings.</param>
    /// <param name="isParams">Parameters; else metrics.</param>
    public static Command Build(CliHost host, bool isParams)
    {
        string noun = isParams ? "params" : "metrics";
        var options = new TableOptions();
        var old = new Argument<string>("OLD") { Description = "First revision.", DefaultValueFactory = _ => "HEAD" };
        var now = new Argument<string>("NEW") { Description = "Second revision.", DefaultValueFactory = _ => "workspace" };
        var all = new Option<bool>("--all") { Description = "Show what did not change too." };
        var noPath = new Option<bool>("--no-path") { Description = "Leave the file's column out." };
        var command = new Command("diff", $"Compare {noun} between revisions.") { old, now, all, noPath };
        foreach (Option option in options.All)
            command.Add(option);
        command.SetAction((parsed, cancellationToken) =>
        {
            using var source = new TableSource(host, $"cml {noun} diff", needsGit: true);
            string[] targets = parsed.GetValue(options.Targets) ?? [];
            (string Old, string New) names = (parsed.GetValue(old) ?? "HEAD", parsed.GetValue(now) ?? "workspace");
            RevisionValues before = source.Read(names.Old, isParams, targets, cancellationToken), after = source.Read(names.New, isParams, targets, cancellationToken);
            IReadOnlyList<ValueDiff> diffs = ValueDiff.Compare(before, after, isParams, parsed.GetValue(all));
            if (parsed.GetValue(options.Json))
            {
                host.Out.Write(ValueJson.Diff(diffs) + "\n");
                return Task.FromResult(ExitCodes.Success);
            }

            if (before.Files.Count + after.Files.Count == 0)
                host.Error.WriteLine($"cml {noun} diff: no {noun} file in either revision; name them with --targets");
            int? precision = parsed.GetValue(options.Precision) ?? (isParams ? null : ValueTables.DefaultPrecision);
            TextTable table = ValueTables.Diff(diffs, names, isParams, precision, !parsed.GetValue(noPath));
            if (parsed.GetValue(options.Csv))
                host.Out.Write(table.Csv());
            else if (diffs.Count > 0 || parsed.GetValue(options.Markdown))
                host.Out.Write(parsed.GetValue(options.Markdown) ? table.Markdown() : table.Plain());
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}

using System.CommandLine;
using CmlNet.Reports.Tables;

namespace CmlNet.Cli.Commands.Metrics;

/// <summary><c>cml metrics diff</c> and <c>cml params diff</c>: revisions, key by key.</summary>
internal static class DiffCommand
{
    /// <param name="host">Surroundings.</param>
    /// <param name="isParams">Parameters; else metrics.</param>
    public static Command Build(CliHost host, bool isParams)
    {
        string noun = isParams ? "params" : "metrics";
        var options = new TableOptions();
        var revisions = new Argument<string[]>("REV") { Description = "Revisions, the oldest first (default: HEAD and workspace; one is compared with workspace). More than two make columns.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all", "-A") { Description = "Show what did not change too." };
        var noPath = new Option<bool>("--no-path") { Description = "Leave the file's column out." };
        var onlyDependencies = new Option<bool>("--deps") { Description = "Only parameters that a stage depends on." };
        var command = new Command("diff", $"Compare {noun} between revisions.") { revisions, all, noPath };
        options.AddTo(command, isParams ? onlyDependencies : null);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var source = new TableSource(host, $"cml {noun} diff", needsGit: true);
            string[] targets = parsed.GetValue(options.Targets) ?? [];
            string[] asked = parsed.GetValue(revisions) ?? [];
            if (asked.Length > 2)
                return Several(await ReadAsync(asked));

            (string Old, string New) names = (asked.ElementAtOrDefault(0) ?? "HEAD", asked.ElementAtOrDefault(1) ?? "workspace");
            IReadOnlyList<RevisionValues> both = await ReadAsync([names.Old, names.New]);
            RevisionValues before = both[0], after = both[1];
            IReadOnlyList<ValueDiff> diffs = ValueDiff.Compare(before, after, isParams, parsed.GetValue(all));
            if (parsed.GetValue(options.Json))
            {
                host.Out.Write(ValueJson.Diff(diffs) + "\n");
                return ExitCodes.Success;
            }

            if (before.Files.Count + after.Files.Count == 0)
                host.Error.WriteLine($"cml {noun} diff: no {noun} file in either revision; name them with --targets");
            TextTable table = ValueTables.Diff(diffs, names, isParams, Precision(), !parsed.GetValue(noPath));
            Print(table, diffs.Count > 0);
            return ExitCodes.Success;

            Task<IReadOnlyList<RevisionValues>> ReadAsync(IReadOnlyList<string?> names) => source.ReadAllAsync(names, isParams, targets, cancellationToken, isParams && parsed.GetValue(onlyDependencies));
            int? Precision() => parsed.GetValue(options.Precision) ?? (isParams ? null : ValueTables.DefaultPrecision);

            int Several(IReadOnlyList<RevisionValues> values)
            {
                IReadOnlyList<ValueRow> rows = ValueRow.Of(values, isParams, parsed.GetValue(all));
                if (parsed.GetValue(options.Json))
                    host.Out.Write(ValueJson.Several(values, rows) + "\n");
                else
                    Print(ValueTables.Several(values, rows, isParams, Precision(), !parsed.GetValue(noPath)), rows.Count > 0);
                return ExitCodes.Success;
            }

            void Print(TextTable printed, bool hasRows)
            {
                if (parsed.GetValue(options.Csv))
                    host.Out.Write(printed.Csv());
                else if (hasRows || parsed.GetValue(options.Markdown))
                    host.Out.Write(parsed.GetValue(options.Markdown) ? printed.Markdown() : printed.Plain());
            }
        });
        return command;
    }
}

using System.CommandLine;
using CmlNet.Reports.Tables;

namespace CmlNet.Cli.Commands.Metrics;

/// <summary><c>cml metrics show</c>: the metrics of the work tree, or of branches, tags or named revisions.</summary>
internal static class ShowCommand
{
    public static Command Build(CliHost host)
    {
        var options = new TableOptions();
        var files = new Argument<string[]>("FILE") { Description = "Metrics files (default: those of dvc.yaml, else those with usual names).", Arity = ArgumentArity.ZeroOrMore };
        var branches = new Option<bool>("--all-branches", "-a") { Description = "Every branch." };
        var tags = new Option<bool>("--all-tags", "-T") { Description = "Every tag." };
        var commits = new Option<bool>("--all-commits", "-A") { Description = "Every commit." };
        var revisions = new Option<string[]>("--rev") { Description = "This revision.", HelpName = "REV", DefaultValueFactory = _ => [] };
        var command = new Command("show", "Print metrics.") { files, branches, tags, commits, revisions };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] named = parsed.GetValue(revisions) ?? [];
            bool everything = parsed.GetValue(branches) || parsed.GetValue(tags) || parsed.GetValue(commits), several = everything || named.Length > 0;
            string[] targets = [.. parsed.GetValue(files) ?? [], .. parsed.GetValue(options.Targets) ?? []];
            using var source = new TableSource(host, "cml metrics show", needsGit: several);
            List<string> wanted = [.. named];
            if (everything)
                wanted.Add("workspace");
            if (parsed.GetValue(branches))
                wanted.AddRange(source.Repository!.Names("heads")); // needsGit
            if (parsed.GetValue(tags))
                wanted.AddRange(source.Repository!.Names("tags")); // needsGit
            if (parsed.GetValue(commits))
                wanted.AddRange(source.Repository!.AllCommits()); // needsGit
            IReadOnlyList<RevisionValues> values = several ? await SeveralAsync(source, wanted, targets, cancellationToken) : [await source.ReadAsync(null, false, targets, cancellationToken)];
            if (parsed.GetValue(options.Json))
            {
                host.Out.Write(ValueJson.Show(values, several) + "\n");
                return Outcome(values);
            }

            if (values.All(value => value.Files.Count == 0))
                host.Error.WriteLine("cml metrics show: no metrics file found; name one");
            TextTable table = ValueTables.Show(values, several, parsed.GetValue(options.Precision) ?? ValueTables.DefaultPrecision);
            if (parsed.GetValue(options.Csv))
                host.Out.Write(table.Csv());
            else if (table.Rows.Count > 0 || parsed.GetValue(options.Markdown))
                host.Out.Write(parsed.GetValue(options.Markdown) ? table.Markdown() : table.Plain());
            return Outcome(values);
        });
        return command;
    }

    // Names of one commit share a row. As in DVC, the work tree is not shown when it is as the current branch has it.
    private static async Task<List<RevisionValues>> SeveralAsync(TableSource source, List<string> wanted, string[] targets, CancellationToken cancellationToken)
    {
        var groups = wanted.Distinct(StringComparer.Ordinal).GroupBy(revision => revision == "workspace" ? revision : source.Repository?.Commit(revision) ?? revision, StringComparer.Ordinal);
        var values = new List<RevisionValues>();
        foreach (IGrouping<string, string> group in groups)
            values.Add((await source.ReadAsync(group.First(), false, targets, cancellationToken)) with { Revision = string.Join(',', group) });
        RevisionValues? work = values.Find(value => value.Revision == "workspace"), current = values.Find(value => value.Revision == source.Repository?.Branch());
        if (work is not null && current is not null && ValueJson.Show([work with { Revision = "" }], true) == ValueJson.Show([current with { Revision = "" }], true))
            values.Remove(work);
        return values;
    }

    private static int Outcome(IReadOnlyList<RevisionValues> values) => values.Any(value => value.Errors.Count > 0) ? ExitCodes.Failure : ExitCodes.Success;
}

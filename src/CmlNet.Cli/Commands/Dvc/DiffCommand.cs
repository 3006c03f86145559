using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc diff</c>: tracked data of two revisions.</summary>
internal static class DiffCommand
{
    private static readonly string[] States = ["added", "deleted", "renamed", "modified", "not in cache"];

    public static Command Build(CliHost host)
    {
        var old = new Argument<string>("A_REV") { Description = "Before.", DefaultValueFactory = _ => "HEAD" };
        var now = new Argument<string?>("B_REV") { Description = "After (default: the work tree).", Arity = ArgumentArity.ZeroOrOne };
        var targets = new Option<string[]>("--targets") { Description = "Only these paths.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var json = new Option<bool>("--json", "--show-json") { Description = "JSON." };
        var markdown = new Option<bool>("--md", "--show-md") { Description = "A Markdown table." };
        var hash = new Option<bool>("--show-hash") { Description = "With hashes." };
        var hideMissing = new Option<bool>("--hide-missing") { Description = "Without what is not in the cache." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing." };
        var command = new Command("diff", "Compare tracked data of two revisions.") { old, now, targets, json, markdown, hash, hideMissing, quiet };
        command.SetProjectAction(host, (parsed, project, cancellationToken) =>
        {
            DataSnapshot before = DataSnapshot.OfRecords(DataSnapshot.IndexAt(project, parsed.GetRequiredValue(old)), project, isGranular: true);
            DataSnapshot after = parsed.GetValue(now) is { } revision
                ? DataSnapshot.OfRecords(DataSnapshot.IndexAt(project, revision), project, isGranular: true)
                : DataSnapshot.OfWorkTree(ProjectIndex.Read(project), project, isGranular: true, cancellationToken);
            Dictionary<string, List<DataChange>> changes = Group(before, after, parsed.GetValue(hideMissing));
            IReadOnlyList<string> wanted = project.Targets(host, parsed.GetValue(targets));
            if (wanted.Count > 0)
            {
                foreach (List<DataChange> list in changes.Values)
                    list.RemoveAll(change => !wanted.Any(target => RelativePath.IsWithin(change.Path.TrimEnd('/'), target)));
            }

            if (parsed.GetValue(json))
                host.WriteJson(Json(changes, parsed.GetValue(hash)));
            else if (parsed.GetValue(markdown))
                WriteMarkdown(host, changes, parsed.GetValue(hash));
            else if (!parsed.GetValue(quiet))
                WriteText(host, changes, parsed.GetValue(hash));
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static Dictionary<string, List<DataChange>> Group(DataSnapshot before, DataSnapshot after, bool hidesMissing)
    {
        Dictionary<string, List<DataChange>> changes = States.ToDictionary(state => state, _ => new List<DataChange>(), StringComparer.Ordinal);
        foreach (DataChange change in DataSnapshot.Compare(before, after))
            changes[change.OldPath is not null ? "renamed" : change.Old is null ? "added" : change.New is null ? "deleted" : "modified"].Add(change);
        if (!hidesMissing)
            changes["not in cache"].AddRange(before.NotInCache.Where(path => before.Paths.ContainsKey(path) && !changes["deleted"].Concat(changes["modified"]).Any(change => change.Path == path)).Select(path => new DataChange(path, before.Paths[path], null)));
        // A folder that only lost its listing cannot be compared file by file.
        return changes;
    }

    private static DvcValue Json(Dictionary<string, List<DataChange>> changes, bool withHash) => DvcValue.Of([.. States.Select(state => KeyValuePair.Create(state, DvcValue.Of([.. changes[state].Select(change => Entry(state, change, withHash))])))]);

    private static DvcValue Entry(string state, DataChange change, bool withHash)
    {
        var entry = new List<KeyValuePair<string, DvcValue>>
        {
            KeyValuePair.Create("path", change.OldPath is null ? DvcValue.Of(change.Path) : DvcValue.Of([KeyValuePair.Create("old", DvcValue.Of(change.OldPath)), KeyValuePair.Create("new", DvcValue.Of(change.Path))])),
        };
        if (withHash)
            entry.Add(KeyValuePair.Create("hash", state == "modified" ? DvcValue.Of([KeyValuePair.Create("old", DvcValue.Of(change.Old?.Value ?? "")), KeyValuePair.Create("new", DvcValue.Of(change.New?.Value ?? ""))]) : DvcValue.Of((change.New ?? change.Old)?.Value ?? "")));
        return DvcValue.Of(entry);
    }

    private static void WriteText(CliHost host, Dictionary<string, List<DataChange>> changes, bool withHash)
    {
        if (changes.Values.All(list => list.Count == 0))
            return;
        foreach (string state in States.Where(state => changes[state].Count > 0))
        {
            host.Out.Write($"{char.ToUpperInvariant(state[0])}{state[1..]}:\n");
            foreach (DataChange change in changes[state])
                host.Out.Write($"    {(withHash ? Hash(change) + "  " : "")}{Name(change)}\n");
            host.Out.Write("\n");
        }

        IEnumerable<string> counts = States.Where(state => state != "not in cache" || changes[state].Count > 0).Select(state => $"{changes[state].Count(change => !change.Path.EndsWith('/') || state == "not in cache")} {state}");
        host.Out.Write($"files summary: {string.Join(", ", counts)}\n");
    }

    private static void WriteMarkdown(CliHost host, Dictionary<string, List<DataChange>> changes, bool withHash)
    {
        string[] header = withHash ? ["Status", "Hash", "Path"] : ["Status", "Path"];
        List<string[]> rows = [.. States.SelectMany(state => changes[state].Select(change => withHash ? new[] { state, Hash(change), Name(change) } : [state, Name(change)]))];
        int[] widths = [.. header.Select((name, column) => rows.Select(row => row[column].Length).Append(name.Length + 2).Max())];
        host.Out.Write(Row(header, widths) + $"|{string.Join('|', widths.Select(width => new string('-', width + 2)))}|\n" + string.Concat(rows.Select(row => Row(row, widths))) + "\n");
    }

    private static string Row(string[] cells, int[] widths) => $"| {string.Join(" | ", cells.Select((cell, column) => cell.PadRight(widths[column])))} |\n";

    private static string Name(DataChange change) => change.OldPath is null ? change.Path : $"{change.OldPath} -> {change.Path}";

    private static string Hash(DataChange change) => change is { Old: { } old, New: { } now } && old != now ? $"{old.Value[..8]}..{now.Value[..8]}" : (change.New ?? change.Old)!.Value[..8]; // one of them is there
}

using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc data status</c>: commit to records, records to work tree.</summary>
internal static class DataCommand
{
    private static readonly string[] Kinds = ["added", "deleted", "modified", "renamed"];

    public static Command Build(CliHost host) => new("data", "Look at tracked data.") { Status(host) };

    private static Command Status(CliHost host)
    {
        var targets = new Argument<string[]>("TARGET") { Description = "Only these paths.", Arity = ArgumentArity.ZeroOrMore };
        var json = new Option<bool>("--json", "--show-json") { Description = "JSON." };
        var granular = new Option<bool>("--granular") { Description = "Files inside folders, too." };
        var unchanged = new Option<bool>("--unchanged") { Description = "What did not change, too." };
        var untracked = new Option<string>("--untracked-files") { Description = "all or no.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "no" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing." };
        var notInRemote = new Option<bool>("--not-in-remote") { Description = "What the remote does not have, too." };
        var remote = new Option<string?>("--remote", "-r") { Description = "With --not-in-remote: another than the default one.", HelpName = "NAME" };
        var noRefresh = new Option<bool>("--no-remote-refresh") { Description = "As DVC takes it; the remote is asked." };
        var command = new Command("status", "Show how tracked data changed since the last commit.") { targets, json, granular, unchanged, untracked, notInRemote, remote, noRefresh, quiet };
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            bool isGranular = parsed.GetValue(granular);
            IReadOnlyList<string> wanted = project.Targets(host, parsed.GetValue(targets));
            var index = ProjectIndex.Read(project);
            DataSnapshot records = DataSnapshot.OfRecords(index, project, isGranular), workTree = DataSnapshot.OfWorkTree(index, project, isGranular, cancellationToken);
            bool hasCommit = project.Repository?.Commit("HEAD") is not null;
            DataSnapshot? head = hasCommit ? DataSnapshot.OfRecords(DataSnapshot.IndexAt(project, "HEAD"), project, isGranular) : null;
            DataStatus status = new()
            {
                NotInRemote = parsed.GetValue(notInRemote) ? [.. (await NotInRemoteAsync(project, index, parsed.GetValue(remote), isGranular, cancellationToken)).Where(path => IsWanted(path, wanted))] : [],
                NotInCache = [.. records.NotInCache.Where(path => IsWanted(path, wanted))],
                Committed = Group(head is null && project.Repository is null ? [] : DataSnapshot.Compare(head ?? DataSnapshot.Empty, records), wanted, isGranular),
                Uncommitted = Group(DataSnapshot.Compare(records, workTree), wanted, isGranular),
                Unchanged = [.. parsed.GetValue(unchanged) ? records.Paths.Where(item => (isGranular || !IsInside(item.Key, records)) && workTree.Paths.GetValueOrDefault(item.Key) == item.Value && (head is null || head.Paths.GetValueOrDefault(item.Key) == item.Value)).Select(item => item.Key).Where(path => IsWanted(path, wanted)) : []],
                Untracked = [.. parsed.GetValue(untracked) is "no" ? [] : project.Repository?.Untracked() ?? []],
                IsDirty = project.Repository?.IsDirty(untracked: true) ?? false,
                HasCommit = hasCommit,
            };
            if (parsed.GetValue(json))
                host.WriteJson(status.ToJson());
            else if (!parsed.GetValue(quiet))
                DataStatusText.Write(host, project, status);
            return ExitCodes.Success;
        });
        return command;
    }

    // Outputs that are not to be pushed are not missed there.
    private static async Task<IEnumerable<string>> NotInRemoteAsync(DvcProject project, ProjectIndex index, string? remote, bool isGranular, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await using var stores = new RemoteStores(project, client);
        IReadOnlyList<SelectedOutput> outputs = index.Select([]);
        var missing = (await new RemoteSync(project, stores, remote, 4 * Environment.ProcessorCount).CompareAsync(outputs, cancellationToken)).Changes.Where(change => change.Value != "deleted").Select(change => change.Key).ToHashSet(StringComparer.Ordinal);
        List<string> folders = [.. outputs.Where(item => item.Output.Recorded?.Id?.IsDirectory == true).Select(item => item.Output.Path)];
        string Shown(string path) => folders.Contains(path, StringComparer.Ordinal) ? path + "/" : path;
        return isGranular ? missing.Select(Shown).Order(StringComparer.Ordinal) : outputs.Select(item => item.Output.Path).Where(path => missing.Any(other => RelativePath.IsWithin(other, path))).Select(Shown);
    }

    private static bool IsWanted(string path, IReadOnlyList<string> wanted) => wanted.Count == 0 || wanted.Any(target => RelativePath.IsWithin(path.TrimEnd('/'), target));

    private static bool IsInside(string path, DataSnapshot snapshot) => snapshot.Paths.Keys.Any(other => other.EndsWith('/') && other != path && path.StartsWith(other, StringComparison.Ordinal));

    private static Dictionary<string, List<string>> Group(IReadOnlyList<DataChange> changes, IReadOnlyList<string> wanted, bool isGranular)
    {
        var groups = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        HashSet<string> folders = [.. changes.Select(change => change.Path).Where(path => path.EndsWith('/'))];
        foreach (DataChange change in changes.Where(change => IsWanted(change.Path, wanted)))
        {
            if (!isGranular && !change.Path.EndsWith('/') && folders.Any(folder => change.Path.StartsWith(folder, StringComparison.Ordinal)))
                continue;
            string kind = change.OldPath is not null ? Kinds[3] : change.Old is null ? Kinds[0] : change.New is null ? Kinds[1] : Kinds[2];
            if (!groups.TryGetValue(kind, out List<string>? group))
                groups[kind] = group = [];
            group.Add(change.OldPath is null ? change.Path : $"{change.OldPath} -> {change.Path}");
        }

        return groups;
    }
}

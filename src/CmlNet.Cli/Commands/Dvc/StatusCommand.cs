using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Sources;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc status</c>: what of the work tree is not as recorded.</summary>
internal static class StatusCommand
{
    public static Command Build(CliHost host)
    {
        var targets = new Argument<string[]>("TARGET") { Description = "Stages or tracked paths (default: all).", Arity = ArgumentArity.ZeroOrMore };
        var json = new Option<bool>("--json", "--show-json") { Description = "JSON." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing; exit with 1 when something changed." };
        var withDeps = new Option<bool>("--with-deps", "-d") { Description = "Stages upstream of the targets, too." };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "Everything below the folders." };
        var cloud = new Option<bool>("--cloud", "-c") { Description = "Compare the cache with the remote instead." };
        var remote = new Option<string?>("--remote", "-r") { Description = "With this remote.", HelpName = "NAME" };
        var jobs = new Option<int?>("--jobs", "-j") { Description = "Requests at once.", HelpName = "N" };
        var noUpdates = new Option<bool>("--no-updates") { Description = "Do not ask whether imports changed where they come from." };
        var revisions = new AllRevisions();
        var command = new Command("status", "Compare the work tree with what is recorded.") { targets, json, quiet, withDeps, recursive, cloud, remote, jobs, noUpdates };
        foreach (Option option in revisions.All)
            command.Add(option);
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            var selection = new TargetSelection(parsed.GetValue(targets) ?? []) { IsRecursive = parsed.GetValue(recursive), HasDependencies = parsed.GetValue(withDeps) };
            if (parsed.GetValue(cloud) || parsed.GetValue(remote) is not null || revisions.IsAny(parsed))
                return await CloudAsync(host, project, revisions.AddTo(selection.Outputs(host, project, ProjectIndex.Read(project)), parsed, project), parsed.GetValue(remote), parsed.GetValue(jobs) ?? 4 * Environment.ProcessorCount, (parsed.GetValue(json), parsed.GetValue(quiet)), cancellationToken);
            var index = ProjectIndex.Read(project);
            IReadOnlyList<Stage> stages = selection.Stages(host, project, index);
            var changed = new List<KeyValuePair<string, DvcValue>>();
            foreach (Stage stage in stages)
            {
                var status = StageStatus.Read(stage, project, allowsMissing: false, cancellationToken);
                bool isBehind = stage.IsRepositoryImport && !parsed.GetValue(noUpdates) && await IsBehindAsync(host, project, stage, cancellationToken);
                if (status.IsChanged || isBehind)
                    changed.Add(KeyValuePair.Create(stage.Address, isBehind ? status.ToValue(Update(stage)) : status.ToValue()));
            }

            if (parsed.GetValue(quiet))
                return changed.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
            if (parsed.GetValue(json))
                host.WriteJson(DvcValue.Of(changed));
            else if (changed.Count > 0)
                StatusText.Write(host.Out, DvcValue.Of(changed));
            else
                host.Out.Write(index.Stages.Count == 0 ? "There are no data or pipelines tracked in this project yet.\nSee <https://dvc.org/doc/start> to get started!\n" : "Data and pipelines are up to date.\n");
            return ExitCodes.Success;
        });
        return command;
    }

    // An import's repository that cannot be reached says nothing about the work tree.
    private static async Task<bool> IsBehindAsync(CliHost host, DvcProject project, Stage stage, CancellationToken cancellationToken)
    {
        try
        {
            return await new RepositoryImport(project, 1).HasUpdateAsync(stage, cancellationToken);
        }
        catch (DvcException e)
        {
            host.Error.Write($"WARNING: whether '{stage.Address}' is up to date cannot be told: {e.Message}\n");
            return false;
        }
    }

    private static IEnumerable<KeyValuePair<string, DvcValue>> Update(Stage stage) =>
        stage.Dependencies.Where(dependency => dependency.Repository is not null).Select(dependency => KeyValuePair.Create($"{dependency.Path} ({dependency.Repository!.Url})", DvcValue.Of("update available"))); // filtered

    private static async Task<int> CloudAsync(CliHost host, DvcProject project, IReadOnlyList<SelectedOutput> outputs, string? remote, int jobs, (bool Json, bool Quiet) output, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await using var stores = new RemoteStores(project, client);
        (string name, IReadOnlyList<KeyValuePair<string, string>> changes) = await new RemoteSync(project, stores, remote, jobs).CompareAsync(outputs, cancellationToken);
        if (output.Quiet)
            return changes.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
        var value = DvcValue.Of([.. changes.Select(change => KeyValuePair.Create(change.Key, DvcValue.Of(change.Value)))]);
        if (output.Json)
            host.WriteJson(value);
        else if (changes.Count == 0)
            host.Out.Write($"Cache and remote '{name}' are in sync.\n");
        else
            StatusText.Write(host.Out, value);
        return ExitCodes.Success;
    }
}

using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Storage;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc gc</c>: deletes objects of the cache, and with <c>-c</c> of a remote, that the named revisions do not need.</summary>
internal static class GcCommand
{
    public static Command Build(CliHost host)
    {
        var kept = new KeptRevisions();
        var cloud = new Option<bool>("--cloud", "-c") { Description = "In the remote, too: what is deleted there is lost." };
        var remote = new Option<string?>("--remote", "-r") { Description = "With --cloud and --not-in-remote: this one.", HelpName = "NAME" };
        var notInRemote = new Option<bool>("--not-in-remote") { Description = "Keep only what the remote does not have." };
        var projects = new Option<string[]>("--projects", "-p") { Description = "Keep what these projects need, which share the cache or remote.", HelpName = "FOLDER", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var skipFailed = new Option<bool>("--skip-failed") { Description = "Pass over revisions that cannot be read; what they need may go." };
        var jobs = new Option<int?>("--jobs", "-j") { Description = "Requests at once.", HelpName = "N" };
        var dry = new Option<bool>("--dry") { Description = "Only say what would go." };
        var force = new Option<bool>("--force", "-f") { Description = "Do not ask." };
        var command = new Command("gc", "Delete objects of the cache that are not in use.") { cloud, remote, notInRemote, projects, skipFailed, jobs, dry, force };
        kept.AddTo(command);
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            kept.Check(parsed);
            bool isDry = parsed.GetValue(dry), isOfRemote = parsed.GetValue(cloud), onlyLocal = parsed.GetValue(notInRemote);
            if (isOfRemote && onlyLocal)
                throw new DvcException("`--not-in-remote` and `--cloud` are mutually exclusive", DvcException.Usage);
            if (parsed.GetValue(remote) is not null && !isOfRemote && !onlyLocal)
                throw new DvcException("`--remote` needs `--cloud` or `--not-in-remote`", DvcException.Usage);
            var collection = new GarbageCollection(project) { SkipsFailed = parsed.GetValue(skipFailed) };
            // What the work tree names stays in any case, as in DVC.
            var named = new HashSet<ObjectId>(collection.Named([.. Queued(project), .. kept.Read(parsed, project)]));
            // Held until the deletions are done: what a command there has stored, only its record names.
            using var held = new HeldLocks();
            foreach (DvcProject other in (parsed.GetValue(projects) ?? []).Select(name => DvcProject.Open(Path.GetFullPath(name, host.WorkingDirectory), host.Environment, host.Time)).DistinctBy(Place).Where(other => Place(other) != Place(project)))
            {
                held.Add(await other.LockAsync(cancellationToken));
                named.UnionWith(new GarbageCollection(other) { SkipsFailed = collection.SkipsFailed }.Named([.. Queued(other), .. kept.Read(parsed, other)]));
            }

            if (!parsed.GetValue(force) && !isDry)
                throw new DvcException($"this deletes objects from the cache{(isOfRemote ? " and the remote" : "")} that cannot be had back{(isOfRemote ? "" : " unless a remote has them")}. Look first with `--dry`, then use `-f`.");

            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            await using var stores = new RemoteStores(project, client);
            RemoteCollection? there = isOfRemote || onlyLocal ? new RemoteCollection(project, stores, parsed.GetValue(remote), parsed.GetValue(jobs) ?? 4 * Environment.ProcessorCount) : null;
            IReadOnlyDictionary<ObjectId, DirectoryListing> listings = there is null ? new Dictionary<ObjectId, DirectoryListing>() : await there.ListingsAsync(named, mayLack: onlyLocal || collection.SkipsFailed, cancellationToken);
            IReadOnlySet<ObjectId> used = collection.Expand(named, listings), present = there is null ? new HashSet<ObjectId>() : await there.ObjectsAsync(cancellationToken);
            // Lists of files before the files: a kill in between leaves none that lacks some.
            List<ObjectId> unused = [.. collection.Unused(onlyLocal ? used.Except(present).ToHashSet() : used).OrderByDescending(id => id.IsDirectory)];
            unused.ForEach(id => Remove(project, id, isDry));
            CleanUp(host, collection.Leftovers(used), isDry);
            host.Out.Write(unused.Count == 0 ? "No unused 'local' cache to remove.\n" : $"{(isDry ? "Would remove" : "Removed")} {unused.Count} objects from the local cache.\n");
            if (!isOfRemote)
                return ExitCodes.Success;
            List<ObjectId> gone = [.. present.Where(id => !used.Contains(id))];
            if (!isDry)
                await there!.DeleteAsync(gone, cancellationToken); // there is one with --cloud
            host.Out.Write(gone.Count == 0 ? "No unused cache to remove from remote.\n" : $"{(isDry ? "Would remove" : "Removed")} {gone.Count} objects from remote.\n");
            return ExitCodes.Success;
        });
        return command;
    }

    // What experiments need that wait; of one that runs nothing names the data yet.
    private static IReadOnlyList<string> Queued(DvcProject project) => ExperimentFolder.IsAnyRunning(project)
        ? throw new DvcException($"an experiment of {project.Root} runs in a folder of its own, and nothing names its data yet; wait for it to end, or end it with: dvc queue kill")
        : project.Repository?.Tips("refs/cml/queue") ?? [];

    // A project has one lock, whichever way it is reached.
    private static string Place(DvcProject project) => LinkWalk.Follow(project.Root) ?? project.Root;

    private static void Remove(DvcProject project, ObjectId id, bool isDry)
    {
        if (!isDry)
            project.Cache.Remove(id);
    }

    private static void CleanUp(CliHost host, IReadOnlyList<FileInfo> leftovers, bool isDry)
    {
        foreach (FileInfo file in leftovers.Where(_ => !isDry))
            file.Delete();
        if (leftovers.Count > 0)
            host.Out.Write($"{(isDry ? "Would remove" : "Removed")} {leftovers.Count} unfinished file{(leftovers.Count == 1 ? "" : "s")} that ended processes left.\n");
    }

    private sealed class HeldLocks : IDisposable
    {
        private readonly List<ProjectLock> _locks = [];

        public void Add(ProjectLock taken) => _locks.Add(taken);

        public void Dispose() => _locks.ForEach(taken => taken.Dispose());
    }
}

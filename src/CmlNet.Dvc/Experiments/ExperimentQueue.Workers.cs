using CmlNet.Dvc.Project;
using Microsoft.Data.Sqlite;

namespace CmlNet.Dvc.Experiments;

/// <summary>Who works on it. A worker has a number, and an operating-system lock of that number, which its death gives up. Whether there are any is only asked and changed in a transaction, so that nobody holds one but to keep it.</summary>
public sealed partial class ExperimentQueue
{
    private const string WorkerPrefix = "worker-";

    private string StopFile => Path.Combine(Folder, "stop");

    /// <summary>How many there are, in whatever process.</summary>
    public int CountWorkers()
    {
        lock (_gate)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
            return HeldNumbers().Count;
        }
    }

    /// <summary>Adds workers, and lets those go on that were asked to stop.</summary>
    /// <param name="workers">How many.</param>
    /// <param name="isTotal">As many as there are to be in all, so that fewer or none may be added.</param>
    /// <returns>One for each that was added; give it to <see cref="TryLeave"/> at the end.</returns>
    public IReadOnlyList<IDisposable> Join(int workers, bool isTotal)
    {
        lock (_gate)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
            File.Delete(StopFile);
            HashSet<int> held = HeldNumbers();
            int missing = isTotal ? workers - held.Count : workers;
            var joined = new List<IDisposable>();
            for (int number = 1; joined.Count < missing; number++)
            {
                if (held.Contains(number))
                    continue;
                if (TryHold(OwnName(number)) is not { } hold)
                {
                    joined.ForEach(one => one.Dispose());
                    throw new DvcException($"{LockOf(OwnName(number))} cannot be locked for a further worker: no more files may be open, or the disk is full. Start fewer workers.");
                }

                joined.Add(hold);
            }

            return joined;
        }
    }

    /// <summary>Ends a worker if nothing is left for it: nothing waits, or all are to stop. What is queued from then on is seen by nobody, and whoever is started then does not take this one for one that works.</summary>
    /// <param name="worker">What <see cref="Join"/> returned.</param>
    /// <param name="awaitsOthers">It stays as long as others run something, which waits again when they die.</param>
    public bool TryLeave(IDisposable worker, bool awaitsOthers)
    {
        ArgumentNullException.ThrowIfNull(worker);
        lock (_gate)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
            Recover();
            bool isOver = File.Exists(StopFile) || Query($"state = '{QueueStates.Queued}' or ({(awaitsOthers ? "1" : "0")} and state = '{QueueStates.Running}')").Count == 0;
            if (isOver)
                worker.Dispose();
            transaction.Commit();
            return isOver;
        }
    }

    /// <summary>Lets workers end what they run, and begin nothing further.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
            AtomicFile.WriteOwn(StopFile, "");
        }
    }

    /// <summary>Where workers that no terminal shows print to.</summary>
    public static string WorkersLogOf(DvcProject project) => Path.Combine(FolderOf(project), "workers.log");

    private HashSet<int> HeldNumbers()
    {
        var held = new HashSet<int>();
        foreach (string file in Directory.EnumerateFiles(Folder, WorkerPrefix + "*.lock"))
        {
            if (!int.TryParse(Path.GetFileNameWithoutExtension(file)[WorkerPrefix.Length..], out int number))
                continue;
            if (TryHold(OwnName(number)) is { } free)
                free.Dispose();
            else
                held.Add(number);
        }

        return held;
    }

    // A repository may hold a link in its place.
    private string OwnName(int number)
    {
        string name = WorkerPrefix + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (new FileInfo(LockOf(name)).LinkTarget is not null)
            File.Delete(LockOf(name));
        return name;
    }
}

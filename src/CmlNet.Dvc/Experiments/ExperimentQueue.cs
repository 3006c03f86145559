using System.Globalization;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Experiments;

/// <summary>
/// Experiments that wait to be run: a file each below <c>.dvc/tmp/exps/cml-queue</c>, written in one step. Who runs one holds
/// an operating-system lock on it, which a crash gives up, so that an experiment whose runner died is taken up again.
/// </summary>
public sealed class ExperimentQueue(DvcProject project)
{
    private string Folder => Path.Combine(project.DvcFolder, "tmp", "exps", "cml-queue");

    /// <summary>Every entry, oldest first. One that says it runs and whose runner is gone waits again.</summary>
    public IReadOnlyList<QueueEntry> Entries()
    {
        if (!Directory.Exists(Folder))
            return [];
        var entries = new List<QueueEntry>();
        foreach (string file in Directory.EnumerateFiles(Folder, "*.json"))
        {
            if (QueueEntry.Parse(File.ReadAllText(file)) is not { } entry)
                continue;
            if (entry.State == "Running" && TryHold(entry.Id) is { } hold)
            {
                entry = entry with { State = "Queued" };
                Write(entry);
                hold.Dispose();
            }

            entries.Add(entry);
        }

        return [.. entries.OrderBy(entry => entry.Created).ThenBy(entry => entry.Id, StringComparer.Ordinal)];
    }

    /// <summary>Adds one.</summary>
    public QueueEntry Add(string name, string baseline, string snapshot, IReadOnlyList<string> targets)
    {
        var entry = new QueueEntry
        {
            // Ordered by time even within a millisecond.
            Id = snapshot[..7] + Guid.NewGuid().ToString("N")[..5], Name = name, Baseline = baseline, Snapshot = snapshot, State = "Queued", Targets = targets,
            Created = Entries().Select(other => other.Created).Append((project.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks).Max() + 1,
        };
        // Until it ran, git must not collect what it starts with.
        if (project.Repository?.Output("update-ref", ReferenceOf(entry.Id), snapshot) is null)
            throw new DvcException("git cannot keep the experiment's files");
        Write(entry);
        return entry;
    }

    /// <summary>Takes the oldest that waits; null when none does. Dispose the hold when it ran.</summary>
    public (QueueEntry Entry, IDisposable Hold)? Take()
    {
        foreach (QueueEntry entry in Entries().Where(entry => entry.State == "Queued"))
        {
            if (TryHold(entry.Id) is not { } hold)
                continue;
            // Another may have taken it, and ended, since it was listed.
            if (Read(entry.Id) is not { State: "Queued" } current)
            {
                hold.Dispose();
                continue;
            }

            QueueEntry taken = current with { State = "Running" };
            Write(taken);
            return (taken, hold);
        }

        return null;
    }

    /// <summary>Says how one ended.</summary>
    public void Finish(QueueEntry entry, string? error)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (Read(entry.Id) is not null)
            Write(entry with { State = error is null ? "Success" : "Failed", Error = error ?? "" });
        project.Repository?.Output("update-ref", "-d", ReferenceOf(entry.Id));
    }

    /// <summary>Takes entries out; those that run stay.</summary>
    public IReadOnlyList<QueueEntry> Remove(Func<QueueEntry, bool> isMeant)
    {
        List<QueueEntry> removed = [];
        foreach (QueueEntry entry in Entries().Where(isMeant).Where(entry => entry.State != "Running"))
        {
            File.Delete(PathOf(entry.Id));
            File.Delete(LogOf(entry.Id));
            File.Delete(Path.Combine(Folder, entry.Id + ".lock"));
            project.Repository?.Output("update-ref", "-d", ReferenceOf(entry.Id));
            removed.Add(entry);
        }

        return removed;
    }

    /// <summary>By name or the beginning of its id.</summary>
    /// <exception cref="DvcException">There is none.</exception>
    public QueueEntry Find(string name) => Entries().LastOrDefault(entry => entry.Name == name || (name.Length >= 4 && entry.Id.StartsWith(name, StringComparison.Ordinal)))
        ?? throw new DvcException($"'{name}' is not in the queue; see: dvc queue status");

    /// <summary>Where what it prints is kept.</summary>
    public string LogOf(string id) => Path.Combine(Folder, id + ".log");

    /// <summary>When an entry was made.</summary>
    public static string CreatedText(QueueEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return DateTimeOffset.UnixEpoch.AddTicks(entry.Created).ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    private static string ReferenceOf(string id) => "refs/cml/queue/" + id;

    private string PathOf(string id) => Path.Combine(Folder, id + ".json");

    private QueueEntry? Read(string id) => File.Exists(PathOf(id)) ? QueueEntry.Parse(File.ReadAllText(PathOf(id))) : null;

    private void Write(QueueEntry entry)
    {
        Directory.CreateDirectory(Folder);
        AtomicFile.Write(PathOf(entry.Id), entry.ToJson());
    }

    private FileStream? TryHold(string id)
    {
        try
        {
            return new FileStream(Path.Combine(Folder, id + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

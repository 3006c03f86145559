using System.Globalization;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;
using Microsoft.Data.Sqlite;

namespace CmlNet.Dvc.Experiments;

/// <summary>
/// Experiments that wait to be run: a SQLite file, written ahead, so that a kill at any moment leaves what was said last. Who runs
/// one holds an operating-system lock besides, which a crash gives up: an experiment whose runner died waits again.
/// </summary>
public sealed partial class ExperimentQueue : IDisposable
{
    private const int Version = 2;
    private readonly DvcProject _project;
    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    /// <exception cref="DvcException">The file is broken, of a newer version, or cannot be written.</exception>
    public ExperimentQueue(DvcProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        _project = project;
        string path = Path.Combine(Folder, "queue.db");
        try
        {
            ExperimentFolder.ParentOf(project);
            if (new DirectoryInfo(Folder).LinkTarget is not null || new FileInfo(path).LinkTarget is not null)
                throw new DvcException($"{path} is or lies in a link; put a folder in its place");
            Directory.CreateDirectory(Folder);
            SQLitePCL.Batteries_V2.Init();
            _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
            _connection.Open();
            Prepare(path);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or DllNotFoundException)
        {
            _connection?.Dispose();
            throw new DvcException($"the queue {path} cannot be opened: {e.Message} If it is damaged, remove it: experiments that ran are kept in git.", innerException: e);
        }
    }

    private string Folder => FolderOf(_project);

    /// <summary>Where the queue and its logs are.</summary>
    public static string FolderOf(DvcProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return Path.Combine(project.DvcFolder, "tmp", "exps", "cml-queue");
    }

    /// <summary>Every entry, oldest first. One that says it runs and whose runner is gone waits again.</summary>
    public IReadOnlyList<QueueEntry> Entries()
    {
        lock (_gate)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            Recover();
            List<QueueEntry> entries = Query("1");
            transaction.Commit();
            return entries;
        }
    }

    /// <summary>Adds one.</summary>
    public QueueEntry Add(string name, string baseline, string snapshot, StageSelection selection, string message = "")
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(selection);
        IReadOnlyList<string> targets = selection.ToTexts();
        var entry = new QueueEntry
        {
            Id = snapshot[..7] + Guid.NewGuid().ToString("N")[..5], Name = name, Baseline = baseline, Snapshot = snapshot, State = QueueStates.Queued, Targets = targets, Message = message,
            Created = _project.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        // Until it ran, git must not collect what it starts with.
        if (_project.Repository?.Output("update-ref", ReferenceOf(entry.Id), snapshot) is null)
            throw new DvcException("git cannot keep the experiment's files");
        lock (_gate)
        {
            Execute("insert into tasks (id, name, baseline, snapshot, state, targets, message, created) values ($id, $name, $baseline, $snapshot, $state, $targets, $message, $created)",
                ("$id", entry.Id), ("$name", name), ("$baseline", baseline), ("$snapshot", snapshot), ("$state", entry.State), ("$targets", PythonText.Json(DvcValue.Of([.. targets.Select(DvcValue.Of)]), sortKeys: false)), ("$message", message), ("$created", entry.Created));
        }

        return entry;
    }

    /// <summary>Takes the oldest that waits; null when none does, workers are to stop, or no GPUs are left for it. Dispose the hold when it ran.</summary>
    /// <param name="place">Given who has which GPUs now, says which the next one gets: null for none left. Null when GPUs are not shared out.</param>
    public (QueueEntry Entry, IDisposable Hold)? Take(Func<IReadOnlyList<QueueEntry>, QueueEntry, IReadOnlyList<string>?>? place = null)
    {
        lock (_gate)
        {
            // Immediate: of two processes the second waits here, and sees what the first took.
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
            Recover();
            foreach (QueueEntry entry in File.Exists(StopFile) ? [] : Query($"state = '{QueueStates.Queued}'"))
            {
                if (TryHold(entry.Id) is not { } hold)
                    continue;
                IReadOnlyList<string>? gpus = place is null ? [] : place(Query($"state = '{QueueStates.Running}'"), entry);
                if (gpus is null)
                {
                    hold.Dispose();
                    return null;
                }

                QueueEntry taken = entry with { State = QueueStates.Running, Gpus = gpus, Started = _project.Time.GetUtcNow().ToUnixTimeMilliseconds() };
                Execute("update tasks set state = $state, gpus = $gpus, started = $started where id = $id", ("$state", taken.State), ("$gpus", string.Join(',', gpus)), ("$started", taken.Started), ("$id", taken.Id));
                transaction.Commit();
                return (taken, hold);
            }

            transaction.Commit();
            return null;
        }
    }

    /// <summary>Says how one ended.</summary>
    public void Finish(QueueEntry entry, string? error)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            Execute("update tasks set state = $state, error = $error, gpus = '', ended = $ended, kill = 0 where id = $id",
                ("$state", error is null ? QueueStates.Success : QueueStates.Failed), ("$error", error ?? ""), ("$ended", _project.Time.GetUtcNow().ToUnixTimeMilliseconds()), ("$id", entry.Id));
        }

        _project.Repository?.Output("update-ref", "-d", ReferenceOf(entry.Id));
    }

    /// <summary>Asks whoever runs them to end entries; those that do not run stay as they are.</summary>
    /// <returns>The entries that are ended.</returns>
    public IReadOnlyList<QueueEntry> Kill(Func<QueueEntry, bool> isMeant)
    {
        List<QueueEntry> killed = [.. Entries().Where(isMeant).Where(entry => entry.State == QueueStates.Running)];
        lock (_gate)
        {
            foreach (QueueEntry entry in killed)
                Execute("update tasks set kill = 1 where id = $id and state = $state", ("$id", entry.Id), ("$state", QueueStates.Running));
        }

        return killed;
    }

    /// <summary>Whether an entry that runs here is to be ended.</summary>
    public bool IsKilled(string id)
    {
        lock (_gate)
            return Scalar("select kill from tasks where id = $id", ("$id", id)) is 1L;
    }

    /// <summary>Takes entries out; those that run stay.</summary>
    public IReadOnlyList<QueueEntry> Remove(Func<QueueEntry, bool> isMeant)
    {
        List<QueueEntry> removed = [.. Entries().Where(isMeant).Where(entry => entry.State != QueueStates.Running)];
        foreach (QueueEntry entry in removed)
        {
            lock (_gate)
                Execute("delete from tasks where id = $id", ("$id", entry.Id));
            File.Delete(LogOf(entry.Id));
            File.Delete(LockOf(entry.Id));
            _project.Repository?.Output("update-ref", "-d", ReferenceOf(entry.Id));
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
        return DateTimeOffset.FromUnixTimeMilliseconds(entry.Created).ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
            _connection.Dispose();
    }

    private static string ReferenceOf(string id) => "refs/cml/queue/" + id;

    private string LockOf(string id) => Path.Combine(Folder, id + ".lock");

    private void Recover()
    {
        foreach (QueueEntry entry in Query($"state = '{QueueStates.Running}'"))
        {
            if (TryHold(entry.Id) is not { } hold)
                continue;
            Execute("update tasks set state = $state, gpus = '', started = null, kill = 0 where id = $id", ("$state", QueueStates.Queued), ("$id", entry.Id));
            hold.Dispose();
        }
    }

    private FileStream? TryHold(string id)
    {
        try
        {
            return new FileStream(LockOf(id), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

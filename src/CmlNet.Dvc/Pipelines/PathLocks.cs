using System.Text;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>DVC's <c>rwlock</c>: while a stage runs, others may read what it reads and touch nothing that it writes. A lock of a process that is gone does not count.</summary>
internal sealed class PathLocks : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), Pause = TimeSpan.FromMilliseconds(100);

    private readonly string _path;
    private readonly Stage _stage;
    private readonly DvcProject _project;

    private PathLocks(DvcProject project, Stage stage) => (_project, _stage, _path) = (project, stage, Path.Combine(project.DvcFolder, "tmp", "rwlock"));

    /// <exception cref="DvcException">Another process has one of the paths and does not give it up.</exception>
    public static async Task<PathLocks> TakeAsync(DvcProject project, Stage stage, CancellationToken cancellationToken)
    {
        var locks = new PathLocks(project, stage);
        long began = project.Time.GetTimestamp();
        while (locks.Blocker() is { } blocker)
            await locks.WaitAsync(blocker, began, cancellationToken);

        locks.Change(add: true);
        return locks;
    }

    /// <summary>Waits until no other process has the stage's paths. Whoever has them needs the project's lock to give them up, so it is held only while they are looked at.</summary>
    /// <param name="project">The project.</param>
    /// <param name="stage">What is to run.</param>
    /// <param name="enter">Takes the project's lock.</param>
    /// <param name="leave">Gives it up.</param>
    /// <param name="tell">Told once who has a path, when it has to wait.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="DvcException">Another process has one of the paths and does not give it up.</exception>
    public static async Task EnterAsync(DvcProject project, Stage stage, Func<Task> enter, Func<Task> leave, Action<string, long> tell, CancellationToken cancellationToken)
    {
        var locks = new PathLocks(project, stage);
        long began = project.Time.GetTimestamp();
        bool isTold = false;
        await enter();
        while (locks.Blocker() is { } blocker)
        {
            await leave();
            if (!isTold)
                tell(blocker.Path, blocker.Process);
            isTold = true;
            await locks.WaitAsync(blocker, began, cancellationToken);
            await enter();
        }
    }

    public void Dispose() => Change(add: false);

    private Task WaitAsync((string Path, long Process) blocker, long began, CancellationToken cancellationToken) => _project.Time.GetElapsedTime(began) > Patience
        ? throw new DvcException($"'{blocker.Path}' is busy, it is being blocked by process {blocker.Process}. If there are no processes with that id, remove {_path}.")
        : Task.Delay(Pause, _project.Time, cancellationToken);

    private IEnumerable<string> Reads => _stage.Dependencies.Where(dependency => !dependency.IsImport).Select(dependency => _project.FullPath(dependency.Path));

    private IEnumerable<string> Writes => _stage.Outputs.Select(output => _project.FullPath(output.Path));

    private (string Path, long Process)? Blocker()
    {
        foreach ((string path, DvcValue entry) in Read().Entries)
        {
            long writer = entry.Find("write")?.Find("pid")?.Integer ?? 0;
            if (IsOther(writer) && (Writes.Concat(Reads).Contains(path, StringComparer.Ordinal)))
                return (path, writer);
            foreach (DvcValue reader in entry.Find("read")?.Items ?? [])
            {
                if (IsOther(reader.Find("pid")?.Integer ?? 0) && Writes.Contains(path, StringComparer.Ordinal))
                    return (path, reader.Find("pid")?.Integer ?? 0);
            }
        }

        return null;
    }

    private void Change(bool add)
    {
        using FileStream guard = Guard();
        var entries = Read().Entries.ToDictionary(StringComparer.Ordinal);
        var self = DvcValue.Of([KeyValuePair.Create("pid", DvcValue.Of((long)Environment.ProcessId)), KeyValuePair.Create("cmd", DvcValue.Of("dvc repro"))]);
        foreach (string path in Reads.Distinct(StringComparer.Ordinal))
        {
            List<DvcValue> readers = [.. entries.GetValueOrDefault(path)?.Find("read")?.Items ?? []];
            if (add)
                readers.Add(self);
            else if (readers.FindIndex(IsOwn) is >= 0 and int at)
                readers.RemoveAt(at);
            Put(entries, path, "read", readers.Count == 0 ? null : DvcValue.Of(readers));
        }

        foreach (string path in Writes)
            Put(entries, path, "write", add ? self : null);
        AtomicFile.WriteOwn(_path, Encoding.UTF8.GetBytes(PythonText.Json(DvcValue.Of([.. entries]), sortKeys: false)));
    }

    private static void Put(Dictionary<string, DvcValue> entries, string path, string kind, DvcValue? value)
    {
        List<KeyValuePair<string, DvcValue>> entry = [.. (entries.GetValueOrDefault(path)?.Entries ?? []).Where(item => item.Key != kind)];
        if (value is not null)
            entry.Add(KeyValuePair.Create(kind, value));
        if (entry.Count == 0)
            entries.Remove(path);
        else
            entries[path] = DvcValue.Of(entry);
    }

    private FileStream Guard()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!); // a file has a folder
        if (new FileInfo(_path + ".lock").LinkTarget is not null)
            File.Delete(_path + ".lock"); // a repository may hold a link in its place
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 10_000)
            {
                Thread.Yield(); // held for the time of one small write
            }
        }
    }

    private DvcValue Read()
    {
        try
        {
            return File.Exists(_path) && File.ReadAllText(_path) is { Length: > 0 } text ? JsonValueReader.Read(text) : DvcValue.Null;
        }
        catch (DvcFormatException)
        {
            return DvcValue.Null; // left half written by something else: it blocks nobody
        }
    }

    private static bool IsOwn(DvcValue holder) => holder.Find("pid")?.Integer == Environment.ProcessId;

    private static bool IsOther(long process)
    {
        if (process <= 0 || process == Environment.ProcessId || process > int.MaxValue)
            return false;
        try
        {
            using var other = System.Diagnostics.Process.GetProcessById((int)process);
            return !other.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

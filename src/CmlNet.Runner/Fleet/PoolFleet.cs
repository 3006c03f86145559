// Long because growing, shrinking and counting share one lock and one list; the life of a single runner is in RunnerLife.
using System.Security.Cryptography;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet;

/// <summary>The runners of one pool: as many as its jobs need, as few as its limits and GPUs allow.</summary>
internal sealed class PoolFleet : IJobSink, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunnerEntry> _runners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _lives = new(StringComparer.Ordinal);
    private readonly FleetContext _context;
    private readonly Dictionary<long, DateTimeOffset> _served = [];
    private CancellationTokenSource _capacityChanged = new();
    private int _advertised = -1;
    private int _share;
    private int _failures;
    private readonly HashSet<long> _completedSinceDemand = [];
    private int _endedSinceDemand;
    private TimeSpan _rest;
    private long _restBegan;
    private long _lastStart;
    private PoolCondition _condition = PoolCondition.Preparing;
    private JobDemand _demand = new();

    // GitHub's count, until it says another: without it the runner that was stopped for it would be started again, and again.
    private int? _disbelieved;

    public PoolFleet(PoolConfiguration pool, IRunnerRegistry registry, FleetContext context)
    {
        (Pool, Registry, _context) = (pool, registry, context);
        _lastStart = context.Time.GetTimestamp();
        context.Board.Add(this);
    }

    public PoolConfiguration Pool { get; }

    public string Name => Pool.Name;

    public IRunnerRegistry Registry { get; }

    public FleetContext Context => _context;

    /// <summary>Why the pool is not ready; empty when it is.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>A job with a runner has come to its end since the daemon was started.</summary>
    public bool HasFinishedJob { get; private set; }

    public JobDemand Demand
    {
        get
        {
            lock (_gate)
                return _demand;
        }
    }

    public IReadOnlyList<RunnerRecord> Runners
    {
        get
        {
            lock (_gate)
                return [.. _runners.Values.Select(entry => entry.Record).OrderBy(record => record.Created)];
        }
    }

    public PoolCondition Condition
    {
        get
        {
            lock (_gate)
                return _condition;
        }
    }

    public PoolCapacity Capacity
    {
        get
        {
            lock (_gate)
                return new PoolCapacity(Math.Max(0, _advertised), _capacityChanged.Token);
        }
    }

    public PoolNeed Need
    {
        get
        {
            lock (_gate)
            {
                int alive = Alive();
                return new PoolNeed
                {
                    Name = Name,
                    Gpus = Pool.Shape.Gpus,
                    GpuMemoryBytes = Pool.Shape.GpuMemoryBytes,
                    Room = CanGrow() ? Math.Max(0, Pool.Max - alive) : 0,
                    Waiting = _demand.Wishes is null ? Math.Max(0, Target() - alive) + _demand.Available : Unserved().Length,
                };
            }
        }
    }

    /// <summary>Runners it may have beyond those alive; set by the board.</summary>
    public int Share
    {
        get
        {
            lock (_gate)
                return _share;
        }

        set
        {
            CancellationTokenSource? old = null;
            lock (_gate)
            {
                _share = value;
                int runners = CanGrow() ? Alive() + value : 0;
                if (runners != _advertised)
                {
                    _advertised = runners;
                    (old, _capacityChanged) = (_capacityChanged, new CancellationTokenSource());
                }
            }

            // Not under our lock: whoever listens may ask us at once.
            old?.Cancel();
        }
    }

    public Task StoreAsync(IReadOnlyList<JobNotice> notices, CancellationToken cancellationToken)
    {
        foreach (JobNotice notice in _context.Journal.Store(Name, notices))
            Note(notice);
        return Task.CompletedTask;
    }

    public async Task DemandAsync(JobDemand demand, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _demand = demand;
            if (!demand.IsQuiet || demand.Assigned != _disbelieved)
                _disbelieved = null;
            _endedSinceDemand = 0;
            _completedSinceDemand.Clear();
        }

        Grow();
        if (!demand.IsQuiet)
        {
            _context.Board.Share();
            return;
        }

        await ShrinkAsync(cancellationToken);
        _context.Board.Yield(this);
    }

    /// <summary>The image is there, or what is the matter with it.</summary>
    public void Prepare(string? trouble)
    {
        lock (_gate)
        {
            Trouble = trouble ?? "";
            if (_condition is PoolCondition.Preparing or PoolCondition.Ready)
                _condition = trouble is null ? PoolCondition.Ready : PoolCondition.Preparing;
        }

        Grow();
        _context.Board.Share();
    }

    /// <summary>Takes no more jobs, and removes runners without one.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            _condition = PoolCondition.Draining;
        _context.Board.Share();
        await ShrinkAsync(cancellationToken);
    }

    public void Resume()
    {
        lock (_gate)
        {
            if (_condition == PoolCondition.Draining)
                _condition = Trouble.Length == 0 ? PoolCondition.Ready : PoolCondition.Preparing;
        }

        Grow();
        _context.Board.Share();
    }

    /// <summary>Makes a runner end, whatever it does. False when there is none of that name.</summary>
    public bool Cancel(string runner, string reason, bool isLoss = false)
    {
        lock (_gate)
        {
            if (!_runners.TryGetValue(runner, out RunnerEntry? entry) || !entry.Record.IsAlive)
                return false;
            entry.RequestStop(reason, isLoss);
            return true;
        }
    }

    /// <summary>Takes over a runner that was there before the daemon.</summary>
    public void Adopt(RunnerRecord record)
    {
        lock (_gate)
            Begin(new RunnerEntry(record, _context.Time));
    }

    /// <summary>Waits until no runner is left.</summary>
    public async Task WhenEmptyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task[] lives;
            lock (_gate)
                lives = [.. _lives.Values];
            if (lives.Length == 0)
                return;
            await Task.WhenAll(lives).WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _capacityChanged.Dispose();

    /// <summary>Starts runners until there are as many as the jobs need. Called on every change and now and then.</summary>
    public void Grow()
    {
        lock (_gate)
        {
            if (_condition == PoolCondition.Degraded && !IsResting)
                (_condition, _failures, Trouble) = (PoolCondition.Ready, 0, "");
            if (!CanGrow() || IsResting)
                return;
            foreach (JobWish wish in Unserved())
            {
                if (Alive() < Pool.Max)
                    TryBegin(wish); // one that wants more than is free does not hold up the next
            }

            int target = Target();
            while (_demand.Wishes is null && Alive() + _endedSinceDemand < target && Alive() < Pool.Max)
            {
                if (!TryBegin(null))
                    return;
            }
        }
    }

    /// <summary>Records how a runner did: one that took no job counts against the pool.</summary>
    internal void Judge(RunnerEntry entry, string? failure, bool isOutdated)
    {
        lock (_gate)
        {
            if (isOutdated)
            {
                (_condition, Trouble) = (PoolCondition.Outdated, "GitHub no longer accepts the runner in the image");
                FleetLog.Outdated(_context.Logger, Name, Pool.Image);
            }
            else if (failure is null)
            {
                _failures = entry.StopReason is null ? 0 : _failures;
                if (entry is { StopReason: null, Record.Wish: not 0 })
                    _served[entry.Record.Wish] = _context.Time.GetUtcNow();
                foreach (long old in _served.Where(served => _context.Time.GetUtcNow() - served.Value > _context.Times.Settling).Select(served => served.Key).ToList())
                    _served.Remove(old);
            }
            else
            {
                Rest(failure);
            }
        }
    }

    /// <summary>A runner is gone; others may take its place.</summary>
    internal void Forget(RunnerEntry entry)
    {
        lock (_gate)
        {
            _runners.Remove(entry.Record.Name);
            _lives.Remove(entry.Record.Name);
        }

        _context.Board.Share();
        Grow();
        _context.Board.Share();
    }

    /// <summary>A runner no longer takes part in anything but its own removal.</summary>
    internal void CountEnded(RunnerEntry entry, bool hasFailed)
    {
        lock (_gate)
        {
            // The demand still has its job in it, unless the word of the job's end came before that of the container's: then
            // nobody is left over for whom to wait until GitHub says something again, most of a minute later.
            bool isKnown = !_completedSinceDemand.Contains(entry.Record.RequestId) && _context.Journal.FindJob(Name, entry.Record.RequestId) is { Stage: JobStage.Completed };
            _endedSinceDemand += hasFailed || isKnown || (entry.StopReason is not null && entry.Record.RequestId == 0) ? 0 : 1;
        }

        _context.Board.Share();
    }

    internal void Update(RunnerEntry entry, Func<RunnerRecord, RunnerRecord> change)
    {
        lock (_gate)
        {
            RunnerRecord changed = change(entry.Record);
            // Kept before it is acted on: what is not in the journal does not exist after a crash.
            _context.Journal.Save(changed);
            entry.Record = changed;
        }

        entry.Signal();
    }

    private void Note(JobNotice notice)
    {
        if (notice.Stage == JobStage.Completed)
            _context.Metrics.Completed(Name, notice, _context.Journal.FindJob(Name, notice.RequestId));
        if (notice.RunnerName.Length == 0 || notice.Stage < JobStage.Started)
            return;
        if (notice.Stage == JobStage.Completed)
        {
            lock (_gate)
                _completedSinceDemand.Add(notice.RequestId);
            HasFinishedJob = true;
            _context.OnEvent?.Invoke(new DaemonEvent("job_ended", notice.JobId, notice.Result is "succeeded" or "success"));
        }
        else
        {
            // A short job's runner may be gone before the message comes.
            _context.Metrics.Started(Name, notice, _context.Time.GetUtcNow());
            _context.OnEvent?.Invoke(new DaemonEvent("job_started", notice.JobId));
            FleetLog.Busy(_context.Logger, Name, notice.RunnerName, notice.Name, $"{notice.Owner}/{notice.Repository}");
        }

        RunnerEntry? entry;
        lock (_gate)
        {
            _failures = 0;
            _lastStart = _context.Time.GetTimestamp();
            entry = _runners.GetValueOrDefault(notice.RunnerName);
        }

        if (entry is null || entry.Record.RequestId != 0)
            return;
        Update(entry, record => record with { RequestId = notice.RequestId, Busy = record.Busy ?? _context.Time.GetUtcNow(), State = record.State < RunnerState.Busy ? RunnerState.Busy : record.State });
    }

    private async Task ShrinkAsync(CancellationToken cancellationToken)
    {
        RunnerEntry[] surplus;
        lock (_gate)
        {
            int count = _condition == PoolCondition.Draining ? int.MaxValue : _demand.Wishes is not null ? Alive() : Alive() - Target();
            var wanted = (_condition == PoolCondition.Draining ? [] : _demand.Wishes ?? []).Select(wish => wish.RequestId).ToHashSet();
            surplus = count <= 0 ? [] : [.. _runners.Values.Where(entry => entry is { Record.State: RunnerState.Idle, StopReason: null } && !wanted.Contains(entry.Record.Wish)).OrderBy(entry => entry.Record.Created).Take(count)];
        }

        foreach (RunnerEntry entry in surplus)
        {
            // GitHub first: a runner that has just got a job says no, and stays.
            if (await Registry.RemoveAsync(entry.Record.RunnerId, cancellationToken))
                entry.RequestStop("no longer needed");
            else
                Update(entry, record => record.State == RunnerState.Idle ? record with { State = RunnerState.Busy, Busy = _context.Time.GetUtcNow() } : record);
        }
    }

    // False when there are too few GPUs.
    private bool TryBegin(JobWish? wish)
    {
        string name = $"{_context.DaemonName}-{Name}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        if (_context.Gpus.TryTake(name, wish?.Gpus ?? Pool.Shape.Gpus, wish?.GpuMemoryBytes ?? Pool.Shape.GpuMemoryBytes) is not { } gpus)
            return false;
        var record = new RunnerRecord { Name = name, Pool = Name, Gpus = gpus, Wish = wish?.RequestId ?? 0, Labels = wish?.Labels ?? Pool.Labels, Created = _context.Time.GetUtcNow() };
        try
        {
            _context.Journal.Save(record);
        }
        catch
        {
            _context.Gpus.Release(name);
            throw;
        }

        Begin(new RunnerEntry(record, _context.Time));
        return true;
    }

    // A wish whose runner has just had its job is not served again before GitHub had time to say so.
    private bool IsServed(JobWish wish) =>
        (_served.TryGetValue(wish.RequestId, out DateTimeOffset ended) && _context.Time.GetUtcNow() - ended < _context.Times.Settling)
        || _runners.Values.Any(entry => entry.Record.Wish == wish.RequestId && entry.Record.State != RunnerState.Busy);

    private JobWish[] Unserved() => [.. (_demand.Wishes ?? []).Where(wish => !IsServed(wish))];

    private void Begin(RunnerEntry entry)
    {
        _runners[entry.Record.Name] = entry;
        _lives[entry.Record.Name] = Task.Run(() => new RunnerLife(this, entry).RunAsync(), CancellationToken.None);
    }

    private void Rest(string reason)
    {
        _failures++;
        bool isTooMuch = _failures >= _context.Times.AfterFailure.Count;
        TimeSpan rest = isTooMuch ? _context.Times.Degraded : _context.Times.AfterFailure[_failures - 1];
        (_rest, _restBegan) = (rest, _context.Time.GetTimestamp());
        if (!isTooMuch || _condition == PoolCondition.Draining)
            return;
        (_condition, Trouble) = (PoolCondition.Degraded, reason);
        FleetLog.Degraded(_context.Logger, Name, _failures, rest.TotalSeconds, reason);
    }

    private bool IsResting => _context.Time.GetElapsedTime(_restBegan) < _rest;

    private bool CanGrow() => _condition == PoolCondition.Ready && _context.HasRoom;

    private int Alive() => _runners.Values.Count(entry => entry.Record.IsAlive);

    private int Target() => _demand.Wishes is not null ? 0 : Math.Min(Pool.MinIdle + Assigned(), Pool.Max);

    // GitHub's count has been seen at zero and far too high while jobs ran (ARC issues 3420, 4397): our own stands beside it.
    private int Assigned()
    {
        DateTimeOffset now = _context.Time.GetUtcNow();
        int busy = _runners.Values.Count(entry => entry.Record.State == RunnerState.Busy);
        int own = Math.Max(busy, _context.Journal.CountOpenJobs(Name, now - _context.Times.OpenJob));
        int said = _demand.Assigned ?? own;
        int idle = _runners.Values.Count(entry => entry.Record.State == RunnerState.Idle && entry.Elapsed > _context.Times.Stuck);
        if (said > own && idle > Pool.MinIdle && _context.Time.GetElapsedTime(_lastStart) > _context.Times.Stuck)
        {
            FleetLog.StatisticsStuck(_context.Logger, Name, said, _context.Times.Stuck.TotalMinutes);
            _disbelieved = said;
        }

        return said == _disbelieved ? own : Math.Max(said, own);
    }
}

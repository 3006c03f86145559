using System.Globalization;
using System.Security.Cryptography;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet;

/// <summary>The runners of one pool: as many as its jobs need, as few as its limits and GPUs allow.</summary>
internal sealed partial class PoolFleet : IJobSink, IDisposable
{
    // One lock for the runners and for what is counted and decided about them.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunnerEntry> _runners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _lives = new(StringComparer.Ordinal);
    private readonly FleetContext _context;
    private readonly PoolHealth _health;
    private readonly DemandCount _demand;
    private readonly OpenJobs _open;
    private readonly ServedWishes _served;
    private readonly CapacityOffer _offer = new();
    private readonly CancellationTokenSource _registering = new();
    private readonly HashSet<long> _tooLarge = [];

    /// <param name="pool">Its shape and limits.</param>
    /// <param name="registry">Where its runners are registered.</param>
    /// <param name="context">What all pools share.</param>
    /// <param name="isRetired">It is no longer configured: its runners finish their jobs, and it gets no others.</param>
    public PoolFleet(PoolConfiguration pool, IRunnerRegistry registry, FleetContext context, bool isRetired = false)
    {
        (Pool, Registry, _context, IsRetired) = (pool, registry, context, isRetired);
        _health = new PoolHealth(pool, context.Times, context.Time, context.Logger, isRetired);
        _open = new OpenJobs(pool.Name, context.Journal, context.Times, context.Time);
        _demand = new DemandCount(pool, () => _open.Count, context.Times, context.Time, context.Logger);
        _served = new ServedWishes(context.Times, context.Time);
        context.Board.Add(this);
    }

    public PoolConfiguration Pool { get; }

    public string Name => Pool.Name;

    /// <summary>It is no longer configured.</summary>
    public bool IsRetired { get; }

    /// <summary>It is configured, or something of it is left.</summary>
    public bool IsShown => !IsRetired || Locked(() => _runners.Count > 0);

    public IRunnerRegistry Registry { get; }

    /// <summary>Cancelled when nobody waits for GitHub to register runners any more.</summary>
    public CancellationToken Registering => _registering.Token;

    public FleetContext Context => _context;

    /// <summary>Why the pool is not ready; empty when it is.</summary>
    public string Trouble => Locked(() => _health.Trouble);

    /// <summary>A job with a runner has come to its end since the daemon was started.</summary>
    public bool HasFinishedJob { get; private set; }

    public JobDemand Demand => Locked(() => _demand.Said);

    public IReadOnlyList<RunnerRecord> Runners => Locked<IReadOnlyList<RunnerRecord>>(() => [.. _runners.Values.Select(entry => entry.Record).OrderBy(record => record.Created)]);

    /// <summary>Until it may start runners again; zero or less when it may.</summary>
    public TimeSpan RestLeft => Locked(() => _health.RestLeft);

    public PoolCondition Condition => Locked(() => _health.Condition);

    public PoolCapacity Capacity => Locked(() => _offer.Current with { TakesJobs = !_health.IsLeaving });

    public PoolNeed Need => Locked(() => new PoolNeed
    {
        Name = Name,
        Gpus = Pool.Shape.Gpus,
        GpuMemoryBytes = Pool.Shape.GpuMemoryBytes,
        Room = CanGrow() ? Math.Max(0, Pool.Max - Alive()) : 0,
        Waiting = _demand.Said.Wishes is null ? Math.Max(0, Target() - Alive()) + _demand.Said.Available : Unserved().Length,
    });

    /// <summary>Runners it may have beyond those alive; set by the board.</summary>
    public int Share
    {
        get => Locked(() => _offer.Share);
        set => Locked(() => _offer.Set(value, CanGrow() ? Alive() + value : 0))?.Cancel();
    }

    public async Task DemandAsync(JobDemand demand, CancellationToken cancellationToken)
    {
        lock (_gate)
            _demand.Take(demand);
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
            _health.Prepare(trouble);
        Grow();
        _context.Board.Share();
    }

    /// <summary>Takes over a runner that was there before the daemon.</summary>
    public void Adopt(RunnerRecord record)
    {
        lock (_gate)
            Begin(new RunnerEntry(record, _context.Time));
    }

    public void Dispose()
    {
        _offer.Dispose();
        _registering.Dispose();
    }

    /// <summary>Starts runners until there are as many as the jobs need. Called on every change and now and then.</summary>
    public void Grow()
    {
        lock (_gate)
        {
            _health.Recover();
            _health.Look(Shortage());
            if (!CanGrow() || _health.IsResting)
                return;
            foreach (JobWish wish in Unserved())
            {
                // One that wants more than is free does not hold up the next.
                if (Alive() < Pool.Max && !TryBegin(wish))
                    NoteTooLarge(wish);
            }

            int target = Target();
            while (_demand.Said.Wishes is null && Alive() + _demand.Ended < target && Alive() < Pool.Max)
            {
                if (!TryBegin(null))
                    return;
            }
        }
    }

    private async Task ShrinkAsync(CancellationToken cancellationToken)
    {
        foreach (RunnerEntry entry in Locked(Surplus))
        {
            // GitHub first: a runner that has just got a job says no, and stays.
            if (await Registry.RemoveAsync(entry.Record.RunnerId, cancellationToken))
            {
                entry.RequestStop(IsRetired ? "it has no job, and its pool is no longer configured" : "no longer needed");
                continue;
            }

            Update(entry, record => record.State == RunnerState.Idle ? record with { State = RunnerState.Busy, Busy = _context.Time.GetUtcNow() } : record);
            if (IsRetired)
                FleetLog.Finishes(_context.Logger, Name, entry.Record.Name);
        }
    }

    private RunnerEntry[] Surplus()
    {
        bool isLeaving = _health.IsLeaving;
        int count = isLeaving ? int.MaxValue : _demand.Said.Wishes is not null ? Alive() : Alive() - Target();
        var wanted = (isLeaving ? [] : _demand.Said.Wishes ?? []).Select(wish => wish.RequestId).ToHashSet();
        return count <= 0 ? [] : [.. _runners.Values.Where(entry => entry is { Record.State: RunnerState.Idle, StopReason: null } && !wanted.Contains(entry.Record.Wish)).OrderBy(entry => entry.Record.Created).Take(count)];
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

    private void Begin(RunnerEntry entry)
    {
        _runners[entry.Record.Name] = entry;
        _lives[entry.Record.Name] = Task.Run(() => new RunnerLife(this, entry).RunAsync(), CancellationToken.None);
    }

    // A wish has a runner: one that has its job, or one that has none and may get it.
    private bool IsServed(JobWish wish) =>
        _served.Contains(wish.RequestId)
        || _runners.Values.Any(entry => entry.Record.Wish == wish.RequestId && (entry.Record.RequestId != 0 || entry.Record.State != RunnerState.Busy));

    private JobWish[] Unserved() => [.. (_demand.Said.Wishes ?? []).Where(wish => !IsServed(wish))];

    private bool CanGrow() => _health.IsReady && _context.HasRoom;

    // A pool that wants more GPUs than there are would wait for ever, and its jobs with it.
    private string Shortage()
    {
        return Pool.Shape.Gpus == 0 || IsRetired ? "" : Shortage(Pool.Shape.Gpus, Pool.Shape.GpuMemoryBytes);
    }

    private string Shortage(int gpus, long memory)
    {
        int well = _context.Gpus.All.Count(entry => entry.Gpu.Defect is null && entry.Gpu.MemoryBytes >= memory);
        string size = memory > 0 ? string.Create(CultureInfo.InvariantCulture, $" with at least {memory / 1e9:0.#} GB") : "";
        return well >= gpus ? "" : string.Create(CultureInfo.InvariantCulture, $"a job wants {gpus} GPUs{size}, and {well} such are well on this machine");
    }

    // Its labels want more than this machine has: it waits for another one, maybe for ever. Said once.
    private void NoteTooLarge(JobWish wish)
    {
        bool isOwnShape = wish is { Gpus: null, GpuMemoryBytes: null }; // of which the pool's state tells
        string shortage = isOwnShape ? "" : Shortage(wish.Gpus ?? Pool.Shape.Gpus, wish.GpuMemoryBytes ?? Pool.Shape.GpuMemoryBytes);
        if (shortage.Length == 0 || !_tooLarge.Add(wish.RequestId))
            return;
        _tooLarge.IntersectWith((_demand.Said.Wishes ?? []).Select(known => known.RequestId));
        FleetLog.TooLarge(_context.Logger, Name, wish.RequestId, shortage);
    }

    private int Alive() => _runners.Values.Count(entry => entry.Record.IsAlive);

    private int Target() => _demand.Target(_runners.Values);

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }
}

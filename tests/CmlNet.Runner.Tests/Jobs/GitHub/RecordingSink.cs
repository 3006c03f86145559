using CmlNet.Runner.Jobs;

namespace CmlNet.Runner.Tests.Jobs.GitHub;

/// <summary>Keeps what a source tells.</summary>
internal sealed class RecordingSink : IJobSink, IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<JobNotice> _notices = [];
    private readonly List<JobDemand> _demands = [];
    private CancellationTokenSource _changed = new();

    public PoolCapacity Capacity { get; private set; } = new(4, CancellationToken.None);

    /// <summary>So many of the next calls to store fail.</summary>
    public int StoreFailures { get; set; }

    public IReadOnlyList<JobNotice> Notices
    {
        get
        {
            lock (_gate)
                return [.. _notices];
        }
    }

    public IReadOnlyList<JobDemand> Demands
    {
        get
        {
            lock (_gate)
                return [.. _demands];
        }
    }

    public void SetCapacity(int runners, bool takesJobs = true)
    {
        CancellationTokenSource old = _changed;
        _changed = new CancellationTokenSource();
        Capacity = new PoolCapacity(runners, _changed.Token) { TakesJobs = takesJobs };
        old.Cancel();
    }

    public void Dispose() => _changed.Dispose();

    public Task StoreAsync(IReadOnlyList<JobNotice> notices, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (StoreFailures > 0)
            {
                StoreFailures--;
                throw new IOException("the disk is full");
            }

            _notices.AddRange(notices);
        }

        return Task.CompletedTask;
    }

    public Task DemandAsync(JobDemand demand, CancellationToken cancellationToken)
    {
        lock (_gate)
            _demands.Add(demand);
        return Task.CompletedTask;
    }
}

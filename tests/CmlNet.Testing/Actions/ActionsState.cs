using System.Globalization;
using System.Text.Json.Nodes;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Testing.Actions;

/// <summary>Scale sets, agents and jobs; everything under one lock, with a pulse for those who wait for a change.</summary>
public sealed class ActionsState(FakeActionsService service)
{
    private const int MostCancels = 3;
    private readonly Lock _gate = new();
    private TaskCompletionSource _pulse = NewPulse();
    private int _lastId;
    private long _lastRequest = 1000;

    public List<FakeScaleSet> ScaleSets { get; } = [];

    public List<FakeAgent> Agents { get; } = [];

    public List<FakeJob> Jobs { get; } = [];

    /// <summary>Runs under the lock and wakes everyone who waits.</summary>
    public T Change<T>(Func<T> change)
    {
        TaskCompletionSource old;
        T result;
        lock (_gate)
        {
            Sweep();
            result = change();
            foreach (FakeScaleSet set in ScaleSets)
                Offer(set);
            old = _pulse;
            _pulse = NewPulse();
        }

        old.TrySetResult();
        return result;
    }

    public T Read<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    /// <summary>Tries under the lock until there is a result or the time is over.</summary>
    public async Task<T?> WaitAsync<T>(Func<T?> attempt, TimeSpan patience, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = new CancellationTokenSource(patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken, service.Stopping);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                Sweep();
                foreach (FakeScaleSet set in ScaleSets)
                    Offer(set);
                if (attempt() is { } result)
                    return result;
                changed = _pulse.Task;
            }

            try
            {
                await changed.WaitAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    public FakeJob Queue(IReadOnlyList<string> labels, string script, string owner, string repository, long runId, string? name = null) => Change(() =>
    {
        long request = ++_lastRequest;
        var job = new FakeJob { RequestId = request, Name = name ?? $"job-{request}", Owner = owner, Repository = repository, RunId = runId == 0 ? request * 10 : runId, Labels = labels, Script = script, Queued = service.Time.GetUtcNow() };
        Jobs.Add(job);
        return job;
    });

    /// <summary>Null when the name is taken.</summary>
    public FakeScaleSet? AddScaleSet(string name, IReadOnlyList<string> labels) => Change(() =>
    {
        if (ScaleSets.Exists(set => set.Name == name))
            return null;
        var set = new FakeScaleSet { Id = ++_lastId, Name = name, Labels = labels };
        ScaleSets.Add(set);
        return set;
    });

    /// <summary>Null when the name is taken.</summary>
    public FakeAgent? AddAgent(string name, int scaleSetId, IReadOnlyList<string> labels) => Change(() =>
    {
        if (Agents.Exists(agent => agent.Name == name))
            return null;
        var added = new FakeAgent { Id = ++_lastId, Name = name, ScaleSetId = scaleSetId, Labels = labels };
        Agents.Add(added);
        return added;
    });

    /// <summary>The service gives an agent the next job that is meant for it.</summary>
    public FakeJob? Take(FakeAgent agent)
    {
        // Who was taken off the list while it waited gets nothing.
        if (agent.Job is not null || !Agents.Contains(agent))
            return null;
        FakeJob? job = (service.Behavior.GivesNewestFirst ? Jobs.AsEnumerable().Reverse() : Jobs).FirstOrDefault(candidate => agent.ScaleSetId == 0
            ? candidate.State == FakeJobState.Available && candidate.Labels.All(label => agent.Labels.Contains(label, StringComparer.OrdinalIgnoreCase))
            : candidate.State == FakeJobState.Assigned && SetOf(candidate)?.Id == agent.ScaleSetId);
        if (job is null)
            return null;
        job.Starts++;
        job.Agent = agent;
        job.Started = service.Time.GetUtcNow();
        agent.Job = job;
        // Last: whoever sees it, without the lock, sees the rest.
        job.State = FakeJobState.Running;
        Send(job, "JobStarted", agent);
        return job;
    }

    public void Complete(FakeJob job, string result)
    {
        if (job.State == FakeJobState.Completed)
        {
            service.Complaints.Enqueue($"{job.Name} was completed twice");
            return;
        }

        job.Result = result;
        job.Finished = service.Time.GetUtcNow();
        Send(job, "JobCompleted", job.Agent, result);
        if (job.Agent is { } agent)
            Agents.Remove(agent);
        // Last, as above.
        job.State = FakeJobState.Completed;
    }

    public void Acquire(FakeJob job)
    {
        job.Assigned = service.Time.GetUtcNow();
        Send(job, "JobAssigned", null);
        job.State = FakeJobState.Assigned;
    }

    public FakeScaleSet? SetOf(FakeJob job) => ScaleSets.Find(set => job.Labels.All(label => set.Labels.Contains(label, StringComparer.OrdinalIgnoreCase)));

    public JsonObject? Statistics(FakeScaleSet set)
    {
        FakeJob[] jobs = [.. Jobs.Where(job => SetOf(job) == set)];
        int assigned = jobs.Count(job => job.State is FakeJobState.Assigned or FakeJobState.Running);
        FakeAgent[] agents = [.. Agents.Where(agent => agent.ScaleSetId == set.Id)];
        StatisticsMode mode = service.Behavior.Statistics;
        return mode == StatisticsMode.Absent ? null : new JsonObject
        {
            ["totalAvailableJobs"] = mode == StatisticsMode.Zero ? 0 : jobs.Count(job => job.State == FakeJobState.Available),
            ["totalAcquiredJobs"] = mode == StatisticsMode.Zero ? 0 : jobs.Count(job => job.State == FakeJobState.Assigned),
            ["totalAssignedJobs"] = mode == StatisticsMode.Zero ? 0 : assigned + (mode == StatisticsMode.Stuck ? 5 : 0),
            ["totalRunningJobs"] = mode == StatisticsMode.Zero ? 0 : jobs.Count(job => job.State == FakeJobState.Running),
            ["totalRegisteredRunners"] = mode == StatisticsMode.Zero ? 0 : agents.Length,
            ["totalBusyRunners"] = mode == StatisticsMode.Zero ? 0 : agents.Count(agent => agent.IsBusy),
            ["totalIdleRunners"] = mode == StatisticsMode.Zero ? 0 : agents.Count(agent => agent is { IsOnline: true, IsBusy: false }),
        };
    }

    // A job that no runner has taken in time is cancelled and goes back into the queue, three times.
    private void Sweep()
    {
        DateTimeOffset late = service.Time.GetUtcNow() - service.Behavior.AssignTimeout;
        foreach (FakeJob job in Jobs.Where(job => job.State == FakeJobState.Assigned && job.Assigned < late).ToList())
        {
            Send(job, "JobCompleted", null, "canceled");
            SetOf(job)?.Offered.Remove(job.RequestId);
            job.State = ++job.Cancels > MostCancels ? FakeJobState.Completed : FakeJobState.Available;
            job.Result = job.State == FakeJobState.Completed ? "canceled" : null;
        }
    }

    private void Offer(FakeScaleSet set)
    {
        if (service.Behavior.Withheld is null)
        {
            set.Pending.AddRange(set.Withheld);
            set.Withheld.Clear();
        }

        if (set.Session is null)
            return;
        int room = set.Capacity - Jobs.Count(job => SetOf(job) == set && (job.State is FakeJobState.Assigned or FakeJobState.Running || (job.State == FakeJobState.Available && set.Offered.Contains(job.RequestId))));
        foreach (FakeJob job in Jobs.Where(job => job.State == FakeJobState.Available && SetOf(job) == set && !set.Offered.Contains(job.RequestId)).Take(Math.Max(0, room)).ToList())
        {
            set.Offered.Add(job.RequestId);
            Send(job, "JobAvailable", null);
        }
    }

    private void Send(FakeJob job, string type, FakeAgent? agent, string? result = null)
    {
        if (SetOf(job) is not { } set)
            return;
        var message = new JsonObject
        {
            ["messageType"] = type,
            ["runnerRequestId"] = job.RequestId,
            ["repositoryName"] = job.Repository,
            ["ownerName"] = job.Owner,
            ["jobId"] = job.JobId,
            ["jobWorkflowRef"] = $"{job.Owner}/{job.Repository}/.github/workflows/train.yml@refs/heads/main",
            ["jobDisplayName"] = job.Name,
            ["workflowRunId"] = job.RunId,
            ["eventName"] = "push",
            ["requestLabels"] = new JsonArray([.. job.Labels.Select(label => (JsonNode)label)]),
            ["queueTime"] = Moment(job.Queued),
            ["scaleSetAssignTime"] = Moment(job.Assigned),
            ["runnerAssignTime"] = Moment(job.Started),
            ["finishTime"] = Moment(job.Finished),
        };
        if (type == "JobAvailable")
            message["acquireJobUrl"] = "https://unused.invalid/acquire";
        if (type is "JobStarted" or "JobCompleted")
        {
            bool isTold = agent is not null && !(type == "JobCompleted" && service.Behavior.CompletesWithoutRunner);
            message["runnerId"] = isTold ? agent!.Id : 0; // just checked
            message["runnerName"] = isTold ? agent!.Name : ""; // as above
        }

        if (result is not null)
            message["result"] = result;
        if (type == service.Behavior.Withheld)
        {
            set.Withheld.Add(message);
            return;
        }

        set.Pending.Add(message);
        if (service.Behavior.DuplicatesMessages)
            set.Pending.Add((JsonObject)message.DeepClone());
    }

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static TaskCompletionSource NewPulse() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

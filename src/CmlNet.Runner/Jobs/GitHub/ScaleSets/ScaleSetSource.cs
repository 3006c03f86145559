using System.Globalization;
using System.Net;
using System.Text.Json;
using CmlNet.Runner.Configuration;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Jobs.GitHub.ScaleSets;

/// <summary>
/// Listens to a pool's scale set. Each message is stored before it is acknowledged, so that none is lost; handling is
/// idempotent, so that one that comes twice does no harm. How many runners are needed is read from the statistics,
/// never from the number of messages.
/// </summary>
internal sealed class ScaleSetSource(ScaleSetClient client, PoolConfiguration pool, string owner, ISessionStore sessions, ScaleSetTimes times, TimeProvider time, ILogger logger) : IJobSource
{
    private ScaleSetStatistics? _known;

    // The last message with an offer that was not taken; 0 for none.
    private long _refused;

    public async Task RunAsync(IJobSink sink, CancellationToken cancellationToken)
    {
        await client.EnsureAsync(cancellationToken);
        await CloseStaleAsync(cancellationToken);
        while (true)
        {
            MessageSession session = await OpenAsync(cancellationToken);
            try
            {
                await ListenAsync(session, sink, cancellationToken);
            }
            catch (GitHubException exception) when (exception.Status is HttpStatusCode.NotFound)
            {
                // The service forgets sessions now and then (actions/scaleset, pull request 123).
                JobLog.SessionLost(logger, pool.Name, exception.Message);
                await Task.Delay(times.AfterLoss, time, cancellationToken);
                await client.EnsureAsync(cancellationToken);
            }
            finally
            {
                await CloseAsync(session);
            }
        }
    }

    private async Task ListenAsync(MessageSession session, IJobSink sink, CancellationToken cancellationToken)
    {
        // 0 asks for the first message that was not acknowledged: what a crash left half done comes again.
        long last = 0;
        _refused = 0;
        _known = session.Statistics;
        await sink.DemandAsync(Demand(isQuiet: false), cancellationToken);
        while (true)
        {
            PoolCapacity capacity = sink.Capacity;
            if (_refused > 0 && capacity is { TakesJobs: true, Runners: > 0 })
                (last, _refused) = (0, 0); // what was offered is offered again
            MessageEnvelope? envelope;
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(capacity.Changed, cancellationToken))
            {
                try
                {
                    envelope = await session.PollAsync(last, capacity.Runners, either.Token);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    continue; // the capacity has changed: ask again with the new one
                }
            }

            if (envelope is null)
            {
                await sink.DemandAsync(Demand(isQuiet: true), cancellationToken);
                continue;
            }

            await HandleAsync(session, envelope, sink, cancellationToken);
            last = envelope.Id;
        }
    }

    private async Task HandleAsync(MessageSession session, MessageEnvelope envelope, IJobSink sink, CancellationToken cancellationToken)
    {
        _known = envelope.Statistics ?? _known;
        IReadOnlyList<JobMessage>? jobs = MessageSession.ReadJobs(envelope);
        if (jobs is null)
            JobLog.MessageSkipped(logger, pool.Name, envelope.Id, $"type {envelope.Type}");
        // A pool that is drained would keep a job from others, and let it wait for a runner that does not come.
        bool takesJobs = sink.Capacity.TakesJobs;
        long[] offered = [.. (jobs ?? []).Where(job => job.Type == "JobAvailable").Select(job => job.RequestId).Distinct()];
        IReadOnlyList<long> acquired = offered.Length == 0 || !takesJobs ? [] : await session.AcquireAsync(offered, cancellationToken);
        if (offered.Length > 0 && takesJobs)
            JobLog.Acquired(logger, pool.Name, acquired.Count, offered.Length);
        await sink.StoreAsync([.. (jobs ?? []).Select(job => Notice(job, acquired)).OfType<JobNotice>()], cancellationToken);
        // An offer that is not taken stays in the queue, unless it comes again although others were asked for.
        if (offered.Length > 0 && !takesJobs && _refused != envelope.Id)
            _refused = envelope.Id;
        else
            await session.AcknowledgeAsync(envelope.Id, cancellationToken);
        // Jobs just acquired are not in the statistics that came with the offer.
        JobDemand demand = Demand(isQuiet: false);
        await sink.DemandAsync(demand.Assigned is { } assigned ? demand with { Assigned = Math.Max(assigned, (_known?.Running ?? 0) + acquired.Count) } : demand, cancellationToken);
    }

    private JobDemand Demand(bool isQuiet) => new()
    {
        Assigned = _known?.Assigned,
        Available = _known?.Available ?? 0,
        Running = _known?.Running,
        IsQuiet = isQuiet,
    };

    private static JobNotice? Notice(JobMessage job, IReadOnlyList<long> acquired)
    {
        JobStage? stage = job.Type switch
        {
            "JobAvailable" => acquired.Contains(job.RequestId) ? JobStage.Assigned : null,
            "JobAssigned" => JobStage.Assigned,
            "JobStarted" => JobStage.Started,
            "JobCompleted" => JobStage.Completed,
            _ => null, // types to come
        };
        return stage is null ? null : new JobNotice
        {
            Stage = stage.Value,
            RequestId = job.RequestId,
            Owner = JobText.Clean(job.Owner),
            Repository = JobText.Clean(job.Repository),
            JobId = JobText.Clean(job.JobId),
            Name = JobText.Clean(job.DisplayName),
            Workflow = JobText.Clean(job.WorkflowRef),
            RunId = job.RunId,
            Event = JobText.Clean(job.Event),
            Labels = job.Labels ?? [],
            Queued = job.QueueTime.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(job.QueueTime.GetString(), CultureInfo.InvariantCulture, out DateTimeOffset queued) ? queued : null,
            RunnerName = JobText.Clean(job.RunnerName),
            RunnerId = job.RunnerId,
            Result = stage == JobStage.Completed ? JobText.Clean(job.Result) : null,
        };
    }

    private async Task<MessageSession> OpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var session = new MessageSession(client, await client.OpenSessionAsync(owner, cancellationToken));
                sessions.Save(pool.Name, session.Id);
                JobLog.SessionOpened(logger, pool.Name, client.ScaleSetId, owner);
                return session;
            }
            catch (GitHubException exception) when (exception.Status == HttpStatusCode.Conflict)
            {
                JobLog.SessionTaken(logger, pool.Name, times.AfterConflict.TotalSeconds);
                await Task.Delay(times.AfterConflict, time, cancellationToken);
            }
        }
    }

    // What a killed daemon left open would refuse ours.
    private async Task CloseStaleAsync(CancellationToken cancellationToken)
    {
        if (sessions.Find(pool.Name) is not { } stale)
            return;
        await client.CloseSessionAsync(stale, cancellationToken);
        sessions.Save(pool.Name, null);
    }

    private async Task CloseAsync(MessageSession session)
    {
        using var limit = new CancellationTokenSource(times.Closing, time);
        try
        {
            await client.CloseSessionAsync(session.Id, limit.Token);
            sessions.Save(pool.Name, null);
        }
        catch (Exception exception) when (exception is GitHubException or OperationCanceledException)
        {
            // The next start closes it: its id is stored.
            JobLog.SessionLost(logger, pool.Name, exception.Message);
        }
    }
}

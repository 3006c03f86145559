using System.Text.Json;
using CmlNet.Publishing;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Harvest;

/// <summary>Does what stands in the outbox, again and again until it is done: GitHub away for an hour loses nothing.</summary>
internal sealed class Outbox(IReadOnlyList<PoolConfiguration> pools, SqliteJournal journal, ReportPosting posting, GitHubRunLookup lookup, TimeProvider time, ILogger logger)
{
    private const int Batch = 20;

    // Two days of trying: GitHub's own incidents are over by then.
    private const int MostAttempts = 120;

    // With the delays below, twenty minutes of trying.
    private const int PromisingAttempts = 8;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(30);

    // The message about a job may come long after its end.
    private static readonly TimeSpan UnknownJob = TimeSpan.FromHours(6);

    /// <summary>Something in it is worth waiting for: what has failed again and again may fail for days.</summary>
    public bool IsAtWork
    {
        get
        {
            try
            {
                return journal.CountUndone(PromisingAttempts) > 0;
            }
            catch (JournalException)
            {
                // Nobody knows what is in it; the loops say why.
                return true;
            }
        }
    }

    /// <returns>How long there is nothing to do.</returns>
    public async Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (OutboxEntry entry in journal.FindDue(Batch))
            await TryAsync(entry, cancellationToken);
        TimeSpan left = (journal.FindNextDue() ?? DateTimeOffset.MaxValue) - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task TryAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            OutboxJob? about = JsonSerializer.Deserialize(entry.Payload, HarvestJson.Default.OutboxJob);
            PoolConfiguration? pool = pools.FirstOrDefault(candidate => candidate.Name == about?.Pool);
            if (about is null || pool is null)
            {
                GiveUp(entry, "its pool is no longer configured");
                return;
            }

            if (journal.FindJobOf(about.Runner) is not { } job)
            {
                bool isTooLate = journal.FindRunner(about.Runner)?.Ended is { } ended && time.GetUtcNow() - ended > UnknownJob;
                if (isTooLate)
                    GiveUp(entry, "GitHub never said which job it was");
                else
                    Postpone(entry, "GitHub has not yet said which job it was");
                return;
            }

            if (entry.Kind == OutboxKinds.Rerun)
                await RerunAsync(job, pool, cancellationToken);
            else
                await posting.PostAsync(job, about.Runner, pool, cancellationToken);
            journal.Finish(entry.Id, "");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is not JournalException)
        {
            // Whatever one job's entry does, it must not stand in the way of the others'.
            if (exception is not (GitHubException or PublishingException or IOException or RunnerConfigurationException))
                HarvestLog.Broke(logger, exception, entry.Key);
            if (IsFinal(exception) || entry.Attempts >= MostAttempts)
                GiveUp(entry, exception.Message);
            else
                Postpone(entry, exception.Message);
        }
    }

    // The run must have ended before it can be started again; GitHub refuses with 403 until then.
    private async Task RerunAsync(JobRecord job, PoolConfiguration pool, CancellationToken cancellationToken)
    {
        string key = $"rerun:{job.Owner}/{job.Repository}/{job.RunId}";
        int done = int.TryParse(journal.FindSetting(key), out int count) ? count : 0;
        if (done >= pool.Reruns)
            return;
        await lookup.RerunAsync(job, cancellationToken);
        journal.SaveSetting(key, (done + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        HarvestLog.Rerun(logger, pool.Name, job.RunId, $"{job.Owner}/{job.Repository}");
    }

    // Asking again does not help: the run is gone, or the report is refused as it is.
    private static bool IsFinal(Exception exception) => exception switch
    {
        GitHubException { Status: System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Gone } => true,
        PublishingException { Status: System.Net.HttpStatusCode.UnprocessableEntity or System.Net.HttpStatusCode.Gone } => true,
        _ => false,
    };

    private void Postpone(OutboxEntry entry, string reason)
    {
        TimeSpan delay = FirstDelay * Math.Pow(2, Math.Min(entry.Attempts, 20));
        delay = delay < LongestDelay ? delay : LongestDelay;
        HarvestLog.Postponed(logger, entry.Key, delay.TotalSeconds, reason);
        journal.Postpone(entry.Id, delay, reason);
    }

    private void GiveUp(OutboxEntry entry, string reason)
    {
        HarvestLog.GivenUp(logger, entry.Key, reason);
        journal.Finish(entry.Id, reason);
    }
}

using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.Comments;

/// <summary>Posts a report at once, again whenever one of its files or a file they link to has changed, and a last time when it is stopped.</summary>
/// <param name="reports">Absolute paths of the report's files; they may come into being later, and nothing is posted before all are there and none is empty.</param>
/// <param name="triggerFile">Absolute path of a file whose coming into being, and nothing else, calls for another post; it is deleted then.</param>
/// <param name="post">Posts; called by one caller at a time. Its <see cref="PublishingException"/> is logged, and the watch goes on.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets the failures.</param>
public sealed class CommentWatcher(IReadOnlyList<string> reports, string? triggerFile, Func<CancellationToken, Task> post, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastPost = TimeSpan.FromMinutes(2);

    private readonly WatchedFiles _files = new(reports);
    private string _posted = "";

    /// <summary>How long files must be left alone before they are posted: a training writes in pieces. Default: two seconds, as in CML.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>An empty file is one that is just being written.</summary>
    private bool IsThere => reports.All(report => new FileInfo(report) is { Exists: true, Length: > 0 });

    /// <summary>Runs until it is stopped.</summary>
    /// <param name="stop">Ends the watch; changes that have not been posted are posted first, within two minutes.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            if (IsThere)
                await PostAsync(stop);
            while (true)
            {
                await WaitForChangeAsync(stop);
                await PostAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop: what is left to say is said below.
        }

        if (!IsThere || _files.Fingerprint() == _posted)
            return;
        using var last = new CancellationTokenSource(LastPost, time);
        await PostAsync(last.Token);
    }

    private async Task WaitForChangeAsync(CancellationToken stop)
    {
        if (triggerFile is not null)
        {
            while (!File.Exists(triggerFile))
                await Task.Delay(Pause, time, stop);
            File.Delete(triggerFile);
            return;
        }

        string seen = _posted;
        long since = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(Pause < Quiet ? Pause : Quiet, time, stop);
            string now = _files.Fingerprint();
            if (now != seen)
                (seen, since) = (now, time.GetTimestamp());
            else if (seen != _posted && time.GetElapsedTime(since) >= Quiet && IsThere)
                return;
        }
    }

    private async Task PostAsync(CancellationToken cancellationToken)
    {
        // Taken before the post, so that what changes meanwhile is posted next; kept when the post fails, so that one bad report is not sent for ever.
        string fingerprint = _files.Fingerprint();
        try
        {
            await post(cancellationToken);
            _posted = fingerprint;
        }
        catch (PublishingException e)
        {
            _posted = fingerprint;
            Log.PostFailed(logger, e.Message);
        }
    }
}

using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Jobs;

internal static partial class JobLog
{
    [LoggerMessage(LogLevel.Debug, "tried to {Purpose}: {Reason}; again in {Seconds:0.0} s")]
    public static partial void Retrying(ILogger logger, string purpose, string reason, double seconds);

    [LoggerMessage(LogLevel.Information, "{Pool}: listening to scale set {Id} as {Owner}")]
    public static partial void SessionOpened(ILogger logger, string pool, int id, string owner);

    [LoggerMessage(LogLevel.Warning, "{Pool}: another session is listening to this scale set; trying again in {Seconds:0} s. If no other daemon uses the pool's name, it goes away by itself")]
    public static partial void SessionTaken(ILogger logger, string pool, double seconds);

    [LoggerMessage(LogLevel.Warning, "{Pool}: GitHub dropped the labels {Labels} from the scale set; this server takes only one label, the pool's name")]
    public static partial void LabelsDropped(ILogger logger, string pool, string labels);

    [LoggerMessage(LogLevel.Warning, "{Pool}: the scale set takes jobs for the labels {Own}, not {Labels}: GitHub keeps those it was made with, and an older server only the name. Delete the scale set in the runner settings for it to be made anew, or give the pool another name")]
    public static partial void LabelsDiffer(ILogger logger, string pool, string own, string labels);

    [LoggerMessage(LogLevel.Debug, "{Pool}: the session is gone ({Reason}); opening a new one")]
    public static partial void SessionLost(ILogger logger, string pool, string reason);

    [LoggerMessage(LogLevel.Warning, "{Pool}: message {Id} is not understood and was put aside: {Reason}")]
    public static partial void MessageSkipped(ILogger logger, string pool, long id, string reason);

    [LoggerMessage(LogLevel.Warning, "{Pool}: {Reason}; trying again in {Seconds:0} s")]
    public static partial void SourceFailed(ILogger logger, string pool, string reason, double seconds);

    [LoggerMessage(LogLevel.Debug, "{Pool}: took {Count} of {Offered} jobs")]
    public static partial void Acquired(ILogger logger, string pool, int count, int offered);
}

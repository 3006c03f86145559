using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Fleet;

internal static partial class FleetLog
{
    [LoggerMessage(LogLevel.Debug, "the engine stopped telling about container {Container}: {Reason}")]
    public static partial void ObservationLost(ILogger logger, string container, string reason);

    [LoggerMessage(LogLevel.Information, "{Pool}: runner {Runner} waits for a job (GPUs: {Gpus})")]
    public static partial void Started(ILogger logger, string pool, string runner, string gpus);

    [LoggerMessage(LogLevel.Information, "{Pool}: runner {Runner} took job {Job} of {Repository}")]
    public static partial void Busy(ILogger logger, string pool, string runner, string job, string repository);

    [LoggerMessage(LogLevel.Information, "{Pool}: runner {Runner} ended with {Code}{Note}")]
    public static partial void Ended(ILogger logger, string pool, string runner, string code, string note);

    [LoggerMessage(LogLevel.Warning, "{Pool}: runner {Runner} failed: {Reason}")]
    public static partial void Failed(ILogger logger, string pool, string runner, string reason);

    [LoggerMessage(LogLevel.Error, "{Pool}: {Count} runners in a row did not take a job; the pool rests for {Seconds:0} s. Last reason: {Reason}")]
    public static partial void Degraded(ILogger logger, string pool, int count, double seconds, string reason);

    [LoggerMessage(LogLevel.Error, "{Pool}: GitHub no longer accepts the runner in {Image}. Update the image and restart the daemon")]
    public static partial void Outdated(ILogger logger, string pool, string image);

    [LoggerMessage(LogLevel.Warning, "{Pool}: cleaning up after runner {Runner} failed and is tried again: {Reason}")]
    public static partial void CleanupFailed(ILogger logger, string pool, string runner, string reason);

    [LoggerMessage(LogLevel.Warning, "{Pool}: the pool is draining, and its new runner {Runner} could not be taken off GitHub: {Reason}")]
    public static partial void RetireFailed(ILogger logger, string pool, string runner, string reason);

    [LoggerMessage(LogLevel.Error, "{Pool}: a defect of cml's own was met by runner {Runner}")]
    public static partial void Broke(ILogger logger, Exception exception, string pool, string runner);

    [LoggerMessage(LogLevel.Warning, "{Pool}: GitHub does not say whether runner {Runner} is ready; it is asked again: {Reason}")]
    public static partial void StateUnknown(ILogger logger, string pool, string runner, string reason);

    [LoggerMessage(LogLevel.Information, "{Pool}: runner {Runner} was found running and goes on")]
    public static partial void Adopted(ILogger logger, string pool, string runner);

    [LoggerMessage(LogLevel.Information, "{Pool}: runner {Runner} finishes its job and is then removed: its pool is no longer configured")]
    public static partial void Finishes(ILogger logger, string pool, string runner);

    [LoggerMessage(LogLevel.Information, "{Pool}: the last runner is gone; nothing is left of the pool, which is no longer configured")]
    public static partial void RetiredPoolGone(ILogger logger, string pool);

    [LoggerMessage(LogLevel.Warning, "{Pool}: GitHub is not asked about the pool's runners any more, and takes them off its list by itself: {Reason}")]
    public static partial void NotReachable(ILogger logger, string pool, string reason);

    [LoggerMessage(LogLevel.Debug, "{Pool}: GitHub does not say what becomes of the pool's jobs: {Reason}")]
    public static partial void NotHeard(ILogger logger, string pool, string reason);

    [LoggerMessage(LogLevel.Information, "removed what was left of runner {Runner}: {Reason}")]
    public static partial void OrphanRemoved(ILogger logger, string runner, string reason);

    [LoggerMessage(LogLevel.Warning, "{Pool}: GitHub says {Assigned} jobs are assigned, yet idle runners got nothing for {Minutes:0} minutes; counting our own")]
    public static partial void StatisticsStuck(ILogger logger, string pool, int assigned, double minutes);

    [LoggerMessage(LogLevel.Warning, "GPU {Uuid} ({Name}) gets no jobs: {Defect}")]
    public static partial void GpuOut(ILogger logger, string uuid, string name, string defect);

    [LoggerMessage(LogLevel.Warning, "gpus.exclude names {Name}, and this machine has no such GPU")]
    public static partial void ExclusionUnknown(ILogger logger, string name);

    [LoggerMessage(LogLevel.Warning, "GPUs cannot be listed: {Reason}")]
    public static partial void GpuProbeFailed(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "{Path} has {Free} bytes free, less than {Least}: no job is taken until there is more")]
    public static partial void DiskFull(ILogger logger, string path, long free, long least);

    [LoggerMessage(LogLevel.Warning, "{Pool}: runner {Runner} is stopped: {Reason}")]
    public static partial void Stopping(ILogger logger, string pool, string runner, string reason);

    [LoggerMessage(LogLevel.Warning, "{Pool}: no job can start: {Shortage}")]
    public static partial void Short(ILogger logger, string pool, string shortage);

    [LoggerMessage(LogLevel.Warning, "{Pool}: job {Job} cannot start on this machine: {Shortage}")]
    public static partial void TooLarge(ILogger logger, string pool, long job, string shortage);

    [LoggerMessage(LogLevel.Information, "{Pool}: image {Image} is ready{Version}")]
    public static partial void ImageReady(ILogger logger, string pool, string image, string version);

    [LoggerMessage(LogLevel.Error, "{Pool}: {Reason} Trying again in {Seconds:0} s")]
    public static partial void NotReady(ILogger logger, string pool, string reason, double seconds);
}

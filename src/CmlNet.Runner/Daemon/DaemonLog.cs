using CmlNet.Containers;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon;

internal static partial class DaemonLog
{
    [LoggerMessage(LogLevel.Information, "cml {Version} runs jobs of {Scope} as {Name}: {Pools} pools, {Gpus} GPUs, engine {Engine}")]
    public static partial void Started(ILogger logger, string version, string scope, string name, int pools, int gpus, string engine);

    [LoggerMessage(LogLevel.Information, "{Count} runners of the last daemon go on")]
    public static partial void Adopted(ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "{Loop} failed and starts again in {Seconds:0} s: {Reason}")]
    public static partial void LoopFailed(ILogger logger, string loop, double seconds, string reason);

    [LoggerMessage(LogLevel.Error, "{Loop} failed unexpectedly and starts again in {Seconds:0} s")]
    public static partial void LoopBroke(ILogger logger, Exception exception, string loop, double seconds);

    [LoggerMessage(LogLevel.Information, "no more jobs are taken ({Reason}); {Busy} running jobs may go on for {Limit}")]
    public static partial void Draining(ILogger logger, string reason, int busy, TimeSpan limit);

    [LoggerMessage(LogLevel.Warning, "{Count} jobs are cancelled: {Reason}")]
    public static partial void Cancelling(ILogger logger, int count, string reason);

    [LoggerMessage(LogLevel.Warning, "{Count} runners could not be removed in time; the next start removes them")]
    public static partial void LeftBehind(ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "{Pool}: takes no jobs, as it was told before this start; 'cml runner resume' lets it")]
    public static partial void Held(ILogger logger, string pool);

    [LoggerMessage(LogLevel.Warning, "{Pool}: GitHub does not say whether idle runners have just got a job; they are stopped")]
    public static partial void NotAsked(ILogger logger, string pool);

    [LoggerMessage(LogLevel.Warning, "{Pool}: GitHub still lists {Count} runners that are gone; the next start removes them")]
    public static partial void StillListed(ILogger logger, string pool, int count);

    [LoggerMessage(LogLevel.Information, "ended: {Reason}")]
    public static partial void Ended(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "the engine is asked again: {Reason}")]
    public static partial void EngineAway(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "{Pool}: {Warning}")]
    public static partial void ImageOld(ILogger logger, string pool, string warning);

    /// <summary>What was removed from the engine; each volume by its name, since what was in it is gone.</summary>
    public static void Pruned(ILogger logger, CleaningResult removed)
    {
        ImagesRemoved(logger, removed.ImageBytes);
        foreach (string volume in removed.Volumes)
            VolumeRemoved(logger, volume);
    }

    [LoggerMessage(LogLevel.Information, "removed images without a name that nothing uses: {Bytes} bytes freed")]
    private static partial void ImagesRemoved(ILogger logger, long bytes);

    [LoggerMessage(LogLevel.Information, "removed volume {Volume}, which has no name and nothing uses")]
    private static partial void VolumeRemoved(ILogger logger, string volume);

    [LoggerMessage(LogLevel.Debug, "gave memory back: {Before} MB were resident, {After} MB are")]
    public static partial void Trimmed(ILogger logger, long before, long after);

    [LoggerMessage(LogLevel.Warning, "'{Command}' ended with {Code}")]
    public static partial void CommandFailed(ILogger logger, string command, int code);
}

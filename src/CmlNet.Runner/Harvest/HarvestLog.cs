using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Harvest;

internal static partial class HarvestLog
{
    [LoggerMessage(LogLevel.Warning, "{Pool}: {Count} of the things that {Runner} left for its report were not taken: links, strange names, or too much")]
    public static partial void Skipped(ILogger logger, string pool, string runner, int count);

    [LoggerMessage(LogLevel.Information, "{Pool}: the report of {Job} was posted: {Url}")]
    public static partial void Posted(ILogger logger, string pool, string job, string url);

    [LoggerMessage(LogLevel.Information, "{Pool}: run {Run} of {Repository} was started again, since its job was lost")]
    public static partial void Rerun(ILogger logger, string pool, long run, string repository);

    [LoggerMessage(LogLevel.Debug, "outbox: {Key} failed, again in {Seconds:0} s: {Reason}")]
    public static partial void Postponed(ILogger logger, string key, double seconds, string reason);

    [LoggerMessage(LogLevel.Error, "outbox: {Key} is given up: {Reason}")]
    public static partial void GivenUp(ILogger logger, string key, string reason);

    [LoggerMessage(LogLevel.Warning, "outbox: {Key} failed unexpectedly")]
    public static partial void Broke(ILogger logger, Exception exception, string key);

    [LoggerMessage(LogLevel.Warning, "{Pool}: cml.yaml of {Runner} is not followed: {Reason}")]
    public static partial void ConfigurationRefused(ILogger logger, string pool, string runner, string reason);
}

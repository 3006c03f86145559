using Microsoft.Extensions.Logging;

namespace CmlNet.Containers;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{What} {Id} could not be removed: {Reason} Remove it with: {Command}")]
    public static partial void RemovalFailed(this ILogger logger, string what, string id, string reason, string command);

    [LoggerMessage(2, LogLevel.Debug, "Pull of {Image}, attempt {Attempt} failed: {Reason} Next attempt in {Delay}.")]
    public static partial void PullRetried(this ILogger logger, string image, int attempt, string reason, TimeSpan delay);

    [LoggerMessage(3, LogLevel.Debug, "Network {Network} still has endpoints; removal is tried again in {Delay}.")]
    public static partial void NetworkBusy(this ILogger logger, string network, TimeSpan delay);

    [LoggerMessage(4, LogLevel.Debug, "Sent {Signal} to process groups {Groups} of {Container}.")]
    public static partial void Signalled(this ILogger logger, string signal, string groups, string container);

    [LoggerMessage(5, LogLevel.Warning, "The command in {Container} could not be signalled ({Reason}); the container is killed.")]
    public static partial void ContainerKilled(this ILogger logger, string container, string reason);

    [LoggerMessage(6, LogLevel.Information, "{Image} is pulled from its registry.")]
    public static partial void Pulling(this ILogger logger, string image);
}

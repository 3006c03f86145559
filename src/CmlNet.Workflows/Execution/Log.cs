using CmlNet.Containers;
using Microsoft.Extensions.Logging;

namespace CmlNet.Workflows.Execution;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Files that the job wrote under {Path} could not be removed by the container: {Reason}")]
    public static partial void CannotEmpty(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not remove {Path}: {Reason}. Remove it by hand.")]
    public static partial void CannotRemove(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What killed runs left behind could not be removed: {Reason}")]
    public static partial void CannotRemoveLeftovers(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The supervisor in container {Container} has ended: {Reason}")]
    public static partial void SupervisorEnded(ILogger logger, string container, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Kind} {Name}, left behind by a run that was killed")]
    public static partial void RemovedLeftover(ILogger logger, LeftoverKind kind, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Path}, left behind by a run that was killed")]
    public static partial void RemovedLeftoverFolder(ILogger logger, string path);
}

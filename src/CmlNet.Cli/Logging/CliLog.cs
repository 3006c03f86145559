using Microsoft.Extensions.Logging;

namespace CmlNet.Cli.Logging;

internal static partial class CliLog
{
    [LoggerMessage(1, LogLevel.Error, "{Message}")]
    public static partial void Failed(ILogger logger, string message);

    [LoggerMessage(2, LogLevel.Warning, "{Message}")]
    public static partial void Warn(ILogger logger, string message);

    [LoggerMessage(3, LogLevel.Warning, "\"cml {Old}\" is deprecated, please use \"cml {New}\"")]
    public static partial void Renamed(ILogger logger, string old, string @new);

    [LoggerMessage(5, LogLevel.Warning, "'{File}' is not UTF-8 everywhere; what is no character shows as \uFFFD")]
    public static partial void NotText(ILogger logger, string file);

    [LoggerMessage(4, LogLevel.Warning, "{Variable} is set, and \"cml {Command}\" has no such option; it is ignored")]
    public static partial void UnknownVariable(ILogger logger, string variable, string command);
}

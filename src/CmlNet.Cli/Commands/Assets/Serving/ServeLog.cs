using Microsoft.Extensions.Logging;

namespace CmlNet.Cli.Commands.Assets.Serving;

internal static partial class ServeLog
{
    [LoggerMessage(1, LogLevel.Information, "serving '{Directory}' at {Address}")]
    public static partial void Started(ILogger logger, string directory, string address);

    [LoggerMessage(2, LogLevel.Warning, "anybody who reaches {Address} can upload: set CML_ASSET_UPLOAD_TOKEN here and where reports are posted")]
    public static partial void Open(ILogger logger, string address);

    [LoggerMessage(3, LogLevel.Information, "stored {Kind}: {MediaType}, {Length} bytes")]
    public static partial void Stored(ILogger logger, string kind, string mediaType, long length);

    [LoggerMessage(4, LogLevel.Warning, "refused an upload: {Reason}")]
    public static partial void Refused(ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Warning, "an upload broke off: {Reason}")]
    public static partial void BrokenOff(ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Error, "an upload failed: {Reason}")]
    public static partial void Failed(ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Information, "stopped")]
    public static partial void Stopped(ILogger logger);
}

using Microsoft.Extensions.Logging;

namespace CmlNet.Cli.Logging;

/// <summary>The levels under CML's names.</summary>
internal static class LevelName
{
    public static IReadOnlyList<string> All { get; } = ["error", "warn", "info", "debug"];

    public static string Of(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };

    public static LogLevel Parse(string name) => name switch
    {
        "error" => LogLevel.Error,
        "warn" => LogLevel.Warning,
        "debug" => LogLevel.Debug,
        _ => LogLevel.Information,
    };
}

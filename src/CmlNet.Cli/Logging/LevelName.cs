using Serilog.Events;

namespace CmlNet.Cli.Logging;

/// <summary>The levels under CML's names.</summary>
internal static class LevelName
{
    public static IReadOnlyList<string> All { get; } = ["error", "warn", "info", "debug"];

    public static string Of(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => "debug",
        LogEventLevel.Information => "info",
        LogEventLevel.Warning => "warn",
        _ => "error",
    };

    public static LogEventLevel Parse(string name) => name switch
    {
        "error" => LogEventLevel.Error,
        "warn" => LogEventLevel.Warning,
        "debug" => LogEventLevel.Debug,
        _ => LogEventLevel.Information,
    };
}

using CmlNet.Publishing.Secrets;
using Microsoft.Extensions.Logging;

namespace CmlNet.Cli.Logging;

/// <summary>The log of one of CML's commands, on standard error. It needs nothing but lines, and is written without Serilog, which takes a while to start.</summary>
/// <param name="host">Its standard error is written to: as text on a terminal, else as JSON lines.</param>
/// <param name="level">error, warn, info or debug.</param>
/// <param name="mask">Hides secrets in every record.</param>
internal sealed class CmlLogger(CliHost host, string level, SecretMask mask) : ILogger
{
    private readonly LogLines _lines = new(host.Error, host.IsTerminal, mask);
    private readonly LogLevel _least = LevelName.Parse(level);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= _least && logLevel != LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (IsEnabled(logLevel))
            _lines.Write(logLevel, formatter(state, exception));
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines : ILogger, ILoggerFactory
{
    public ConcurrentQueue<string> All { get; } = new();

    public int Count(string part) => All.Count(line => line.Contains(part, StringComparison.Ordinal));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue(formatter(state, exception));

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // none but itself
    }

    public void Dispose()
    {
        // nothing to let go of
    }
}

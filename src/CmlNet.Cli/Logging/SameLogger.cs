using Microsoft.Extensions.Logging;

namespace CmlNet.Cli.Logging;

/// <summary>One log for everybody who asks for one.</summary>
internal sealed class SameLogger(ILogger logger) : ILoggerFactory
{
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => logger;

    public void Dispose()
    {
        // The logger is its maker's.
    }
}

using Serilog;
using Serilog.Core;
using Serilog.Extensions.Logging;

namespace CmlNet.Cli.Logging;

/// <summary>The log of one command, on standard error. Made only by commands that log, so that the others start without it.</summary>
internal sealed class CmlLogger : IDisposable
{
    private const int ShortestSecret = 6;

    private readonly Logger _sink;
    private readonly SerilogLoggerProvider _provider;

    /// <param name="host">Its standard error is written to: as text on a terminal, else as JSON lines.</param>
    /// <param name="level">error, warn, info or debug.</param>
    public CmlLogger(CliHost host, string level)
    {
        // A variable with such a name holds a secret, whatever its use; one that is very short would mask half the text.
        string[] secrets =
        [
            .. host.Environment.Where(e => e.Key.EndsWith("TOKEN", StringComparison.OrdinalIgnoreCase) && e.Value.Length >= ShortestSecret)
                .Select(e => e.Value).OrderByDescending(v => v.Length),
        ];
        _sink = new LoggerConfiguration().MinimumLevel.Is(LevelName.Parse(level)).WriteTo.Sink(new WriterSink(host.Error, host.IsTerminal, secrets)).CreateLogger();
        _provider = new SerilogLoggerProvider(_sink);
        Logger = _provider.CreateLogger("cml");
    }

    public Microsoft.Extensions.Logging.ILogger Logger { get; }

    public void Dispose()
    {
        _provider.Dispose();
        _sink.Dispose();
    }
}

using CmlNet.Publishing.Secrets;
using Serilog;
using Serilog.Core;
using Serilog.Extensions.Logging;

namespace CmlNet.Cli.Logging;

/// <summary>The log of one command, on standard error. Made only by commands that log, so that the others start without it.</summary>
internal sealed class CmlLogger : IDisposable
{
    private readonly Logger _sink;
    private readonly SerilogLoggerProvider _provider;

    /// <param name="host">Its standard error is written to: as text on a terminal, else as JSON lines.</param>
    /// <param name="level">error, warn, info or debug.</param>
    /// <param name="mask">Hides secrets in every record.</param>
    public CmlLogger(CliHost host, string level, SecretMask mask)
    {
        _sink = new LoggerConfiguration().MinimumLevel.Is(LevelName.Parse(level)).WriteTo.Sink(new WriterSink(host.Error, host.IsTerminal, mask)).CreateLogger();
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

using CmlNet.Publishing.Secrets;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace CmlNet.Cli.Logging;

/// <summary>What the stages log while <c>cml run</c> works: plain lines on standard error, from information up.</summary>
internal static class StageLogging
{
    public static ILoggerFactory Create(CliHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        Serilog.Core.Logger logger = new LoggerConfiguration()
            .MinimumLevel.Is(LogEventLevel.Information)
            .WriteTo.Sink(new WriterSink(new LogLines(host.Error, isText: true, SecretMask.For(host.Environment), isColoured: host.IsTerminal)))
            .CreateLogger();
        return new SerilogLoggerFactory(logger, dispose: true);
    }
}

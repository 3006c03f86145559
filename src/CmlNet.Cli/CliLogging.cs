using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace CmlNet.Cli;

/// <summary>Logging of the stages: warnings and errors as plain lines on standard error.</summary>
internal static class CliLogging
{
    public static ILoggerFactory Create(CliHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        Serilog.Core.Logger logger = new LoggerConfiguration()
            .MinimumLevel.Is(LogEventLevel.Information)
            .WriteTo.Console(outputTemplate: "{Message:lj}{NewLine}", standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger();
        return new SerilogLoggerFactory(logger, dispose: true);
    }
}

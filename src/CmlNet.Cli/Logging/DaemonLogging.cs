using CmlNet.Publishing.Secrets;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace CmlNet.Cli.Logging;

/// <summary>The daemon's log, on standard error, where systemd and container engines pick it up.</summary>
internal static class DaemonLogging
{
    /// <param name="host">The surroundings.</param>
    /// <param name="isJson">JSON lines instead of text.</param>
    /// <param name="isVerbose">Polls and retries too.</param>
    public static ILoggerFactory Create(CliHost host, bool isJson, bool isVerbose)
    {
        ArgumentNullException.ThrowIfNull(host);
        DaemonLogFormat format = isJson ? DaemonLogFormat.Json : IsJournal(host) ? DaemonLogFormat.Journal : DaemonLogFormat.Text;
        Serilog.Core.Logger logger = new LoggerConfiguration()
            .MinimumLevel.Is(isVerbose ? LogEventLevel.Debug : LogEventLevel.Information)
            .WriteTo.Sink(new DaemonSink(host.Error, SecretMask.For(host.Environment), format))
            .CreateLogger();
        return new SerilogLoggerFactory(logger, dispose: true);
    }

    // The variable names the journal's socket by device and inode (systemd.exec(5)): a log that is sent elsewhere is none of its lines.
    private static bool IsJournal(CliHost host)
    {
        string? stream = host.Environment.GetValueOrDefault("JOURNAL_STREAM");
        try
        {
            return stream?.Split(':') is [_, var inode] && File.ResolveLinkTarget("/proc/self/fd/2", returnFinalTarget: false)?.Name == $"socket:[{inode}]";
        }
        catch (IOException)
        {
            return false; // no /proc
        }
    }
}

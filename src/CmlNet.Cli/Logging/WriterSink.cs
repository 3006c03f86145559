using System.Text;
using Microsoft.Extensions.Logging;
using Serilog.Core;
using Serilog.Events;

namespace CmlNet.Cli.Logging;

/// <summary>Serilog's records as lines.</summary>
internal sealed class WriterSink(LogLines lines) : ILogEventSink
{
    public void Emit(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        lines.Write(LevelOf(logEvent.Level), Message(logEvent));
    }

    internal static LogLevel LevelOf(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => LogLevel.Debug,
        LogEventLevel.Information => LogLevel.Information,
        LogEventLevel.Warning => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    /// <summary>The message with its values in place, without the quotes Serilog puts around strings.</summary>
    internal static string Message(LogEvent logEvent)
    {
        var text = new StringBuilder();
        foreach (Serilog.Parsing.MessageTemplateToken token in logEvent.MessageTemplate.Tokens)
        {
            if (token is Serilog.Parsing.PropertyToken property && logEvent.Properties.TryGetValue(property.PropertyName, out LogEventPropertyValue? value) && value is ScalarValue { Value: var scalar })
                text.Append(Convert.ToString(scalar, System.Globalization.CultureInfo.InvariantCulture));
            else
                text.Append(token);
        }

        return text.ToString();
    }
}

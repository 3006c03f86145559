using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CmlNet.Publishing.Secrets;
using Serilog.Core;
using Serilog.Events;

namespace CmlNet.Cli.Logging;

/// <summary>Serilog's records as the daemon's lines.</summary>
internal sealed class DaemonSink(TextWriter writer, SecretMask mask, DaemonLogFormat format) : ILogEventSink
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lock _gate = new();

    public void Emit(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        string line = format == DaemonLogFormat.Json ? Json(logEvent) : Text(logEvent);
        lock (_gate)
            writer.WriteLine(line);
    }

    private string Text(LogEvent logEvent)
    {
        string front = format == DaemonLogFormat.Journal ? $"<{Priority(logEvent.Level)}>" : Moment(logEvent) + " ";
        // A defect of our own: who reports it needs where it happened, and a line of a log stays one line.
        string cause = logEvent.Exception is { } exception ? $": {exception.ToString().ReplaceLineEndings(" | ")}" : "";
        return $"{front}{LevelName.Of(WriterSink.LevelOf(logEvent.Level))}: {mask.Apply(WriterSink.Message(logEvent) + cause)}";
    }

    private string Json(LogEvent logEvent)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("date", Moment(logEvent));
            if (logEvent.Exception is { } exception)
                json.WriteString("exception", mask.Apply(exception.ToString()));
            json.WriteString("level", LevelName.Of(WriterSink.LevelOf(logEvent.Level)));
            json.WriteString("message", mask.Apply(WriterSink.Message(logEvent)));
            json.WriteStartObject("values");
            foreach ((string name, LogEventPropertyValue value) in logEvent.Properties.Where(property => logEvent.MessageTemplate.Text.Contains("{" + property.Key, StringComparison.Ordinal)).OrderBy(property => property.Key, StringComparer.Ordinal))
                Write(json, char.ToLowerInvariant(name[0]) + name[1..], value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private void Write(Utf8JsonWriter json, string name, LogEventPropertyValue value)
    {
        switch ((value as ScalarValue)?.Value)
        {
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case var other:
                json.WriteString(name, mask.Apply(Convert.ToString(other, CultureInfo.InvariantCulture) ?? ""));
                break;
        }
    }

    private static string Moment(LogEvent logEvent) => logEvent.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static int Priority(LogEventLevel level) => level switch { LogEventLevel.Fatal or LogEventLevel.Error => 3, LogEventLevel.Warning => 4, LogEventLevel.Information => 6, _ => 7 };
}

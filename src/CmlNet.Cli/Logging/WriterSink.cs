using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CmlNet.Publishing.Secrets;
using Serilog.Core;
using Serilog.Events;

namespace CmlNet.Cli.Logging;

/// <summary>Log records as CML writes them: <c>level: message</c> for people, one JSON object per line with sorted keys for programs.</summary>
internal sealed class WriterSink(TextWriter writer, bool isText, SecretMask mask, bool isColoured = true) : ILogEventSink
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lock _gate = new();

    public void Emit(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        string level = LevelName.Of(logEvent.Level);
        string message = mask.Apply(Message(logEvent));
        string line = isText ? Text(logEvent.Level, level, message) : Json(level, message);
        lock (_gate)
            writer.WriteLine(line);
    }

    private string Text(LogEventLevel severity, string level, string message) =>
        isColoured ? $"{Colour(severity)}{level}\u001b[39m: {message}" : $"{level}: {message}";

    private static string Json(string level, string message)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("level", level);
            json.WriteString("message", message);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string Colour(LogEventLevel level) => level switch
    {
        LogEventLevel.Warning => "\u001b[33m",
        LogEventLevel.Error or LogEventLevel.Fatal => "\u001b[31m",
        LogEventLevel.Information => "\u001b[32m",
        _ => "\u001b[34m",
    };

    /// <summary>The message with its values in place, without the quotes Serilog puts around strings.</summary>
    private static string Message(LogEvent logEvent)
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

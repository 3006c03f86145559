using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CmlNet.Publishing.Secrets;
using Microsoft.Extensions.Logging;

namespace CmlNet.Cli.Logging;

/// <summary>Log records as CML writes them: <c>level: message</c> for people, one JSON object per line with sorted keys for programs.</summary>
internal sealed class LogLines(TextWriter writer, bool isText, SecretMask mask, bool isColoured = true)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lock _gate = new();

    public void Write(LogLevel level, string message)
    {
        string masked = mask.Apply(message);
        string line = isText ? Text(level, masked) : Json(level, masked);
        lock (_gate)
            writer.WriteLine(line);
    }

    private string Text(LogLevel level, string message) =>
        isColoured ? $"{Colour(level)}{LevelName.Of(level)}\u001b[39m: {message}" : $"{LevelName.Of(level)}: {message}";

    private static string Json(LogLevel level, string message)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("level", LevelName.Of(level));
            json.WriteString("message", message);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string Colour(LogLevel level) => level switch
    {
        LogLevel.Warning => "\u001b[33m",
        LogLevel.Error or LogLevel.Critical => "\u001b[31m",
        LogLevel.Information => "\u001b[32m",
        _ => "\u001b[34m",
    };
}

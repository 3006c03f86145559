using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CmlNet.Runner.Daemon;

namespace CmlNet.Cli.Commands.Runners;

/// <summary>CML's status records: one JSON object on a line of standard error, with sorted keys. Terraform's provider waits for <c>ready</c> and <c>terminated</c>.</summary>
internal sealed class StatusRecords(CliHost host, Uri repository)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lock _gate = new();

    public void Write(DaemonEvent happened) => Send(json =>
    {
        json.WriteString("date", host.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        if (long.TryParse(happened.JobId, NumberStyles.None, CultureInfo.InvariantCulture, out long job))
            json.WriteNumber("job", job);
        json.WriteString("level", "info");
        json.WriteString("message", "runner status");
        json.WriteString("repo", repository.ToString().TrimEnd('/'));
        json.WriteString("status", happened.Status);
        if (happened.IsSuccess is { } success)
            json.WriteBoolean("success", success);
    });

    public void End(string reason) => Send(json =>
    {
        json.WriteString("level", "info");
        json.WriteString("message", "runner status");
        json.WriteString("reason", reason);
        json.WriteString("status", "terminated");
    });

    /// <summary>A message that is no status.</summary>
    public void Say(string message) => Send(json =>
    {
        json.WriteString("level", "info");
        json.WriteString("message", message);
    });

    private void Send(Action<Utf8JsonWriter> fill)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            fill(json);
            json.WriteEndObject();
        }

        string line = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        lock (_gate)
            host.Error.WriteLine(line);
    }
}

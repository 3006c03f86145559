using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CmlNet.Cli.Commands.Workflows;

/// <summary>JSON for people and programs: nothing escaped that need not be.</summary>
internal static class JsonText
{
    public static string Write(Action<Utf8JsonWriter> write, bool indented = false)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented, NewLine = "\n", MaxDepth = 4096, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

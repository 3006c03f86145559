using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CmlNet.Workflows.Execution.Commands;

namespace CmlNet.Workflows.Execution.Records;

/// <summary>The wire form of <c>run.json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(Annotation))]
public sealed partial class RunJson : JsonSerializerContext
{
    private static readonly RunJson Readable = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(RunRecord record) => JsonSerializer.Serialize(record, Readable.RunRecord) + "\n";

    public static RunRecord? Read(string json) => JsonSerializer.Deserialize(json, Default.RunRecord);
}

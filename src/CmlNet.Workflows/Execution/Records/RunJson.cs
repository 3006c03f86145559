using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CmlNet.Workflows.Execution.Commands;

namespace CmlNet.Workflows.Execution.Records;

/// <summary>The wire form of <c>run.json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(Annotation))]
internal sealed partial class RunJson : JsonSerializerContext
{
    public static string Write(RunRecord record) => JsonSerializer.Serialize(record, ReadableText().RunRecord) + "\n";

    /// <summary>Names and messages stay readable: the file is no HTML.</summary>
    private static RunJson ReadableText() => new(new JsonSerializerOptions(Default.RunRecord.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static RunRecord? Read(string json) => JsonSerializer.Deserialize(json, Default.RunRecord);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace CmlNet.Workflows.Actions.Results.Wire;

/// <summary>The artifact service's <c>version</c> is a number, the cache service's a string: both are read as text.</summary>
internal sealed class LooseText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => reader.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new JsonException("a string was expected"),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

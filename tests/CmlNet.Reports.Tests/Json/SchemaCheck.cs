using System.Text.Json;

namespace CmlNet.Reports.Tests.Json;

/// <summary>Holds a document against the keywords that our schema uses.</summary>
internal static class SchemaCheck
{
    /// <summary>Where the document breaks the schema, and how; empty when it does not.</summary>
    public static IEnumerable<string> Errors(JsonElement schema, JsonElement value, string at = "$")
    {
        if (schema.TryGetProperty("anyOf", out JsonElement some) && some.EnumerateArray().All(one => Errors(one, value, at).Any()))
            yield return $"{at}: fits none of anyOf: {string.Join("; ", some.EnumerateArray().SelectMany(one => Errors(one, value, at)))}";
        if (schema.TryGetProperty("enum", out JsonElement values) && !values.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
            yield return $"{at}: {value} is not one of {values}";
        if (schema.TryGetProperty("type", out JsonElement type) && !(type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(one => Is(one.GetString(), value)) : Is(type.GetString(), value)))
            yield return $"{at}: {value.ValueKind} where {type} is wanted";
        IEnumerable<string> inner = value.ValueKind switch { JsonValueKind.Object => Object(schema, value, at), JsonValueKind.Array => List(schema, value, at), _ => [] };
        foreach (string error in inner)
            yield return error;
    }

    private static IEnumerable<string> Object(JsonElement schema, JsonElement value, string at)
    {
        JsonElement properties = schema.TryGetProperty("properties", out JsonElement known) ? known : default;
        foreach (JsonElement name in schema.TryGetProperty("required", out JsonElement required) ? required.EnumerateArray().ToArray() : [])
        {
            if (!value.TryGetProperty(name.GetString()!, out _))
                yield return $"{at}: lacks {name}";
        }

        foreach (JsonProperty field in value.EnumerateObject())
        {
            bool isKnown = properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(field.Name, out known);
            JsonElement rest = schema.TryGetProperty("additionalProperties", out JsonElement more) ? more : default;
            if (!isKnown && rest.ValueKind == JsonValueKind.False)
                yield return $"{at}: unknown {field.Name}";
            foreach (string error in isKnown ? Errors(known, field.Value, $"{at}.{field.Name}") : rest.ValueKind == JsonValueKind.Object ? Errors(rest, field.Value, $"{at}.{field.Name}") : [])
                yield return error;
        }
    }

    private static IEnumerable<string> List(JsonElement schema, JsonElement value, string at) =>
        schema.TryGetProperty("items", out JsonElement item) ? value.EnumerateArray().SelectMany((one, i) => Errors(item, one, $"{at}[{i}]")) : [];

    private static bool Is(string? type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}

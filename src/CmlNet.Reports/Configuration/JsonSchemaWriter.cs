using System.Text;
using System.Text.Json;

namespace CmlNet.Reports.Configuration;

/// <summary>JSON Schema (draft 2020-12) of <c>cml.yaml</c>, for editors.</summary>
public static class JsonSchemaWriter
{
    /// <summary>The schema, indented, with a line end.</summary>
    public static string Write() => Write("cml.yaml", ReportSchema.File);

    internal static string Write(string title, MapType file)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", title);
            Body(json, file);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Body(Utf8JsonWriter json, ConfigType type)
    {
        switch (type)
        {
            case MapType map: Map(json, map); break;
            case ListType { OneWillDo: true } list: Either(json, list.Item, list with { OneWillDo = false }); break;
            case ListType list:
                json.WriteString("type", "array");
                Nested(json, "items", list.Item);
                break;
            case NumberType number: Number(json, number); break;
            case QuantityType quantity:
                Types(json, "number", "string");
                json.WriteString("pattern", $"^\\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?\\s*({string.Join('|', quantity.Units)})?\\s*$");
                break;
            case BooleanType: json.WriteString("type", "boolean"); break;
            case ChoiceType choice: Strings(json, "enum", choice.Values); break;
            case TextType: Types(json, "string", "number", "boolean"); break;
            default: throw new ArgumentException($"JSON Schema has no form for {type}");
        }
    }

    private static void Map(Utf8JsonWriter json, MapType map)
    {
        if (map.Fields.Any(field => field.IsRequired) || map.ExactlyOne.Count > 0)
            json.WriteString("type", "object");
        else
            Types(json, "object", "null");
        json.WriteStartObject("properties");
        foreach (ConfigField field in map.Fields)
        {
            json.WriteStartObject(field.Name);
            json.WriteString("description", field.Description);
            Body(json, field.Type);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", map.IsOpen);
        if (map.Fields.Any(field => field.IsRequired))
            Strings(json, "required", map.Fields.Where(field => field.IsRequired).Select(field => field.Name));
        if (map.ExactlyOne.Count == 0)
            return;
        json.WriteStartArray("oneOf");
        foreach (string key in map.ExactlyOne)
        {
            json.WriteStartObject();
            Strings(json, "required", [key]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, NumberType number)
    {
        json.WriteString("type", number.IsWhole ? "integer" : "number");
        if (number.Least is { } least)
            json.WriteNumber("minimum", least);
        if (number.Most is { } most)
            json.WriteNumber("maximum", most);
    }

    private static void Either(Utf8JsonWriter json, params ConfigType[] types)
    {
        json.WriteStartArray("anyOf");
        foreach (ConfigType type in types)
        {
            json.WriteStartObject();
            Body(json, type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Nested(Utf8JsonWriter json, string name, ConfigType type)
    {
        json.WriteStartObject(name);
        Body(json, type);
        json.WriteEndObject();
    }

    private static void Types(Utf8JsonWriter json, params string[] types) => Strings(json, "type", types);

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}

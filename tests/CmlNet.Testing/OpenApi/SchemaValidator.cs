using System.Globalization;
using System.Text.Json;

namespace CmlNet.Testing.OpenApi;

/// <summary>The part of JSON Schema that OpenAPI 3.0 descriptions use: types, required and known properties, enums, formats, compositions.</summary>
internal sealed class SchemaValidator(JsonElement root)
{
    public JsonElement Resolve(JsonElement element)
    {
        while (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out JsonElement reference))
        {
            element = root;
            foreach (string part in reference.GetString()!.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
                element = element.GetProperty(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        return element;
    }

    public IEnumerable<string> Validate(JsonElement schema, JsonElement value, string path)
    {
        schema = Resolve(schema);
        if (value.ValueKind == JsonValueKind.Null && IsTrue(schema, "nullable"))
            return [];
        var errors = new List<string>();
        Compositions(schema, value, path, errors);
        if (schema.TryGetProperty("enum", out JsonElement values) && !values.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)))
            errors.Add($"{path}: {value.GetRawText()} is not one of {values.GetRawText()}");
        switch (TypeOf(schema))
        {
            case "object":
                Object(schema, value, path, errors);
                break;
            case "array":
                Array(schema, value, path, errors);
                break;
            case { } type when !IsOf(type, value):
                errors.Add($"{path}: {value.ValueKind} where {type} is wanted");
                break;
            case "string":
                String(schema, value.GetString()!, path, errors);
                break;
        }

        return errors;
    }

    private void Compositions(JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        if (schema.TryGetProperty("allOf", out JsonElement all))
            errors.AddRange(all.EnumerateArray().SelectMany(s => Validate(s, value, path)));
        foreach (string name in (string[])["oneOf", "anyOf"])
        {
            // Descriptions write oneOf for what is not exclusive; one that fits is enough.
            if (schema.TryGetProperty(name, out JsonElement some) && some.EnumerateArray().All(s => Validate(s, value, path).Any()))
                errors.Add($"{path}: fits none of {name}");
        }
    }

    private void Object(JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add($"{path}: {value.ValueKind} where object is wanted");
            return;
        }

        if (schema.TryGetProperty("required", out JsonElement required))
            errors.AddRange(required.EnumerateArray().Select(n => n.GetString()!).Where(n => !value.TryGetProperty(n, out _)).Select(n => $"{path}: '{n}' is missing"));
        schema.TryGetProperty("properties", out JsonElement properties);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(property.Name, out JsonElement known))
                errors.AddRange(Validate(known, property.Value, $"{path}.{property.Name}"));
            else if (schema.TryGetProperty("additionalProperties", out JsonElement additional) && additional.ValueKind == JsonValueKind.Object)
                errors.AddRange(Validate(additional, property.Value, $"{path}.{property.Name}"));
            else if (properties.ValueKind == JsonValueKind.Object && !schema.TryGetProperty("oneOf", out _) && !schema.TryGetProperty("anyOf", out _) && !schema.TryGetProperty("additionalProperties", out _))
                errors.Add($"{path}: '{property.Name}' is not in the description");
        }
    }

    private void Array(JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        if (value.ValueKind != JsonValueKind.Array)
            errors.Add($"{path}: {value.ValueKind} where array is wanted");
        else if (schema.TryGetProperty("items", out JsonElement items))
            errors.AddRange(value.EnumerateArray().SelectMany((v, i) => Validate(items, v, $"{path}[{i}]")));
    }

    private static void String(JsonElement schema, string text, string path, List<string> errors)
    {
        if (schema.TryGetProperty("maxLength", out JsonElement longest) && text.Length > longest.GetInt32())
            errors.Add($"{path}: longer than {longest.GetInt32()}");
        string? format = schema.TryGetProperty("format", out JsonElement named) ? named.GetString() : null;
        if (format == "date-time" && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _))
            errors.Add($"{path}: '{text}' is not a date");
        if (format == "uri" && !Uri.TryCreate(text, UriKind.Absolute, out _))
            errors.Add($"{path}: '{text}' is not a URI");
    }

    private static string? TypeOf(JsonElement schema)
    {
        if (schema.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String)
            return type.GetString();
        return schema.TryGetProperty("properties", out _) ? "object" : null;
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => true,
    };

    private static bool IsTrue(JsonElement schema, string name) => schema.TryGetProperty(name, out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
}

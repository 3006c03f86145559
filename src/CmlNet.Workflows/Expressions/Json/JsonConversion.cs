using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CmlNet.Workflows.Expressions.Json;

/// <summary>Between JSON and expression values.</summary>
public static class JsonConversion
{
    /// <summary>JSON text as fromJson() reads it; throws <see cref="ExpressionException"/>.</summary>
    public static ExpressionValue Parse(string json) => LenientJsonReader.Read(json);

    public static ExpressionValue FromElement(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.True:
            case JsonValueKind.False:
                return ExpressionValue.Of(element.ValueKind == JsonValueKind.True);
            case JsonValueKind.Number:
                return ExpressionValue.Of(element.GetDouble());
            case JsonValueKind.String:
                return ExpressionValue.Of(element.GetString());
            case JsonValueKind.Array:
                return new ArrayValue([.. element.EnumerateArray().Select(FromElement)]);
            case JsonValueKind.Object:
                var value = new ObjectValue();
                foreach (JsonProperty property in element.EnumerateObject())
                    value.Add(property.Name, FromElement(property.Value));
                return value;
            default:
                return ExpressionValue.Null;
        }
    }

    /// <summary>Machine-readable: numbers that JSON does not have (NaN, ±Infinity) become strings.</summary>
    public static void Write(Utf8JsonWriter writer, ExpressionValue value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (value)
        {
            case BooleanValue b:
                writer.WriteBooleanValue(b.Value);
                break;
            case NumberValue { Value: var number } when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case NumberValue or StringValue:
                writer.WriteStringValue(ExpressionText.ToText(value));
                break;
            case ArrayValue array:
                writer.WriteStartArray();
                foreach (ExpressionValue item in array)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case ObjectValue o:
                writer.WriteStartObject();
                foreach ((string key, ExpressionValue item) in o)
                {
                    writer.WritePropertyName(key);
                    Write(writer, item);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>As toJson() writes it: indented by two spaces, lines end in LF, numbers in G15.</summary>
    public static string ToJson(ExpressionValue value) => ToJson(value, new EvaluationMemory(int.MaxValue));

    internal static string ToJson(ExpressionValue value, EvaluationMemory memory)
    {
        var text = new StringBuilder();
        Append(text, value, 0, memory);
        memory.AddText(text.Length);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ExpressionValue value, int indent, EvaluationMemory memory)
    {
        switch (value)
        {
            case NullValue:
                text.Append("null");
                break;
            case StringValue s:
                memory.AddText(s.Value.Length);
                AppendString(text, s.Value);
                break;
            case ArrayValue array:
                AppendItems(text, '[', ']', array, indent, memory, (item, inner) => Append(text, item, inner, memory));
                break;
            case ObjectValue o:
                AppendItems(text, '{', '}', o, indent, memory, (pair, inner) =>
                {
                    AppendString(text, pair.Key);
                    text.Append(": ");
                    Append(text, pair.Value, inner, memory);
                });
                break;
            default:
                text.Append(ExpressionText.ToText(value));
                break;
        }
    }

    private static void AppendItems<T>(StringBuilder text, char open, char close, IEnumerable<T> items, int indent, EvaluationMemory memory, Action<T, int> append)
    {
        text.Append(open);
        bool any = false;
        foreach (T item in items)
        {
            memory.AddText(indent);
            text.Append(any ? ",\n" : "\n").Append(' ', indent + 2);
            append(item, indent + 2);
            any = true;
        }

        if (any)
            text.Append('\n').Append(' ', indent);
        text.Append(close);
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\f' => text.Append("\\f"),
                '\b' => text.Append("\\b"),
                < ' ' or '\u0085' or '\u2028' or '\u2029' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}

using System.Text.Json;
using CmlNet.Workflows.Model.Schema;

namespace CmlNet.Workflows.Model.Json;

/// <summary>Tokens in GitHub's template form: plain JSON literals, or objects with their place when <paramref name="files"/> is given.</summary>
internal sealed class TokenJsonWriter(Utf8JsonWriter writer, IReadOnlyList<string>? files)
{
    public void Write(string name, TemplateToken? token)
    {
        if (token is null)
            return;
        writer.WritePropertyName(name);
        Write(token);
    }

    public void Write(TemplateToken token)
    {
        switch (token)
        {
            case SequenceToken sequence:
                WriteSequence(sequence);
                break;
            case MappingToken mapping:
                WriteMapping(mapping);
                break;
            case ExpressionToken expression:
                Open(3, token.Location);
                writer.WriteString("expr", expression.Expression);
                writer.WriteEndObject();
                break;
            case InsertToken:
                Open(4, token.Location);
                writer.WriteString("directive", "insert");
                writer.WriteEndObject();
                break;
            default:
                WriteLiteral(token);
                break;
        }
    }

    /// <summary>What is empty has no list, as at GitHub.</summary>
    private void WriteSequence(SequenceToken sequence)
    {
        Open(1, sequence.Location);
        if (sequence.Items.Count > 0)
        {
            writer.WriteStartArray("seq");
            foreach (TemplateToken item in sequence.Items)
                Write(item);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private void WriteMapping(MappingToken mapping)
    {
        Open(2, mapping.Location);
        if (mapping.Items.Count > 0)
            WriteItems(mapping);
        writer.WriteEndObject();
    }

    private void WriteItems(MappingToken mapping)
    {
        writer.WriteStartArray("map");
        foreach ((TemplateToken key, TemplateToken value) in mapping.Items)
        {
            writer.WriteStartObject();
            Write("Key", key);
            Write("Value", value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteLiteral(TemplateToken token)
    {
        (int type, string? key) = token switch
        {
            BooleanToken => (5, "bool"),
            NumberToken => (6, "num"),
            NullToken => (7, null),
            _ => (0, "lit"),
        };
        bool withPlace = files is not null && token.Location.Line > 0;
        if (withPlace)
        {
            Open(type, token.Location);
            if (key is null)
            {
                writer.WriteEndObject();
                return;
            }

            writer.WritePropertyName(key);
        }

        JsonText(token);
        if (withPlace)
            writer.WriteEndObject();
    }

    private void JsonText(TemplateToken token)
    {
        switch (token)
        {
            case BooleanToken boolean:
                writer.WriteBooleanValue(boolean.Value);
                break;
            case NumberToken { Value: var number } when double.IsFinite(number):
                writer.WriteNumberValue(number == 0 ? 0 : number); // Never "-0".
                break;
            case NullToken:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteStringValue(SchemaValidator.TextOf(token));
                break;
        }
    }

    private void Open(int type, SourceLocation location)
    {
        writer.WriteStartObject();
        writer.WriteNumber("type", type);
        if (files is null || location.Line == 0)
            return;
        writer.WriteNumber("file", files.Index().First(file => file.Item == location.Path).Index + 1);
        writer.WriteNumber("line", location.Line);
        writer.WriteNumber("col", location.Column);
    }
}

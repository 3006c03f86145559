using System.Text.Json;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Json;

namespace CmlNet.Workflows.Tests.Expressions.Oracle;

/// <summary>What an expression came to: a kind of value with its JSON, or a kind of error with its message.</summary>
internal sealed record Answer(bool IsError, string Kind, string Text)
{
    public static Answer Read(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        return new Answer(root.GetProperty("isError").GetBoolean(), root.GetProperty("kind").GetString()!, root.GetProperty("text").GetString()!);
    }

    public static Answer Evaluate(string expression, ExpressionScope scope)
    {
        try
        {
            ExpressionValue value = ExpressionEvaluator.Evaluate(expression, scope);
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                JsonConversion.Write(writer, value);
            return new Answer(false, value.Kind.ToString(), Normal(System.Text.Encoding.UTF8.GetString(buffer.ToArray())));
        }
        catch (ExpressionException e)
        {
            return new Answer(true, e.Kind.ToString(), e.Message);
        }
    }

    public bool IsSame(Answer other) => IsError == other.IsError && Kind == other.Kind && (IsError ? Text : Normal(Text)) == (IsError ? other.Text : Normal(other.Text));

    /// <summary>One spelling for each JSON value, so that 255 is 255.0 and an escaped character the character.</summary>
    private static string Normal(string json) => JsonConversion.ToJson(JsonConversion.Parse(json));
}

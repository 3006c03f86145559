using System.Text.Json;
using System.Text.Json.Nodes;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Events;

/// <summary>From JSON to a value of the expression language.</summary>
internal static class JsonExpressionValue
{
    public static ExpressionValue From(JsonNode? node) => node switch
    {
        JsonObject json => FromObject(json),
        JsonArray json => new ArrayValue([.. json.Select(From)]),
        JsonValue json => FromScalar(json),
        _ => ExpressionValue.Null,
    };

    private static ObjectValue FromObject(JsonObject json)
    {
        var value = new ObjectValue();
        foreach ((string key, JsonNode? member) in json)
            value[key] = From(member);
        return value;
    }

    private static ExpressionValue FromScalar(JsonValue json) => json.GetValueKind() switch
    {
        JsonValueKind.True => ExpressionValue.True,
        JsonValueKind.False => ExpressionValue.False,
        JsonValueKind.Number when json.TryGetValue(out int number) => ExpressionValue.Of(number),
        JsonValueKind.Number when json.TryGetValue(out double number) => ExpressionValue.Of(number),
        JsonValueKind.String => ExpressionValue.Of(json.ToString()),
        _ => ExpressionValue.Null,
    };
}

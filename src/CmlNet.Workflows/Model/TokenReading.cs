using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Model;

/// <summary>Questions to a token that has passed the schema.</summary>
internal static class TokenReading
{
    public static string? AsText(this TemplateToken? token) => (token as StringToken)?.Value;

    public static TemplateToken? Get(this MappingToken mapping, string key)
    {
        foreach ((TemplateToken itemKey, TemplateToken value) in mapping.Items)
        {
            if (itemKey is StringToken { Value: var name } && name == key)
                return value;
        }

        return null;
    }

    /// <summary>A sequence of strings, or the one string in its place; expressions are left out.</summary>
    public static IReadOnlyList<StringToken> AsStrings(this TemplateToken? token) => token switch
    {
        StringToken one => [one],
        SequenceToken many => [.. many.Items.OfType<StringToken>()],
        _ => [],
    };

    public static bool HasExpression(this TemplateToken token) => token switch
    {
        ExpressionToken or InsertToken => true,
        SequenceToken sequence => sequence.Items.Any(HasExpression),
        MappingToken mapping => mapping.Items.Any(pair => HasExpression(pair.Key) || HasExpression(pair.Value)),
        _ => false,
    };

    /// <summary>A token without expressions as a value.</summary>
    public static ExpressionValue ToValue(this TemplateToken token)
    {
        switch (token)
        {
            case StringToken s:
                return ExpressionValue.Of(s.Value);
            case NumberToken n:
                return ExpressionValue.Of(n.Value);
            case BooleanToken b:
                return ExpressionValue.Of(b.Value);
            case SequenceToken sequence:
                return new ArrayValue([.. sequence.Items.Select(ToValue)]);
            case MappingToken mapping:
                var value = new ObjectValue();
                foreach ((TemplateToken key, TemplateToken item) in mapping.Items)
                    value[Schema.SchemaValidator.TextOf(key)] = ToValue(item);
                return value;
            default:
                return ExpressionValue.Null;
        }
    }
}

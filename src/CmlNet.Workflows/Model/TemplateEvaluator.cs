using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model.Schema;

namespace CmlNet.Workflows.Model;

/// <summary>Gives tokens their values where they stand. Everything wrong is a <see cref="WorkflowException"/> that names the place.</summary>
public sealed class TemplateEvaluator(ExpressionScope scope)
{
    /// <summary>The value of any token; an absent one is null. A mapping's <c>${{ insert }}</c> keys are unfolded.</summary>
    public ExpressionValue EvaluateToken(TemplateToken? token)
    {
        switch (token)
        {
            case null or NullToken:
                return ExpressionValue.Null;
            case ExpressionToken expression:
                return Evaluate(expression.Expression, expression.Location);
            case SequenceToken sequence:
                return new ArrayValue([.. sequence.Items.SelectMany(Items)]);
            case MappingToken mapping:
                var value = new ObjectValue();
                foreach ((string key, ExpressionValue item, _) in Unfold(mapping))
                    value[key] = item;
                return value;
            case NumberToken number:
                return ExpressionValue.Of(number.Value);
            case BooleanToken boolean:
                return ExpressionValue.Of(boolean.Value);
            default:
                return ExpressionValue.Of(SchemaValidator.TextOf(token));
        }
    }

    /// <summary>Null and absent are the empty string; a sequence or mapping is an error.</summary>
    public string EvaluateString(TemplateToken? token) => token is null ? "" : TextOf(EvaluateToken(token), token.Location);

    /// <summary>Only a boolean will do: as on GitHub, the string <c>'true'</c> does not.</summary>
    public bool EvaluateBoolean(TemplateToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return EvaluateToken(token) is var value && value is BooleanValue boolean ? boolean.Value : throw Unexpected(value, token.Location);
    }

    /// <summary>Only a number will do: as on GitHub, the string <c>'5'</c> does not.</summary>
    public double EvaluateNumber(TemplateToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return EvaluateToken(token) is var value && value is NumberValue number ? number.Value : throw Unexpected(value, token.Location);
    }

    /// <summary>Keys and values as strings, in the order written; an absent token gives none. A key may come more than once, the last one counts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> EvaluateMapping(TemplateToken? token) => token switch
    {
        null or NullToken => [],
        MappingToken mapping => [.. Unfold(mapping).Select(item => new KeyValuePair<string, string>(item.Key, TextOf(item.Value, item.Location)))],
        _ => EvaluateToken(token) switch
        {
            ObjectValue value => [.. value.Select(item => new KeyValuePair<string, string>(item.Key, TextOf(item.Value, token.Location)))],
            NullValue => [],
            var other => throw new WorkflowException(token.Location, $"A mapping was expected, not '{ExpressionText.ToText(other)}'"),
        },
    };

    /// <summary>Whether a normalised condition holds.</summary>
    public bool EvaluateCondition(string condition, SourceLocation location) => ExpressionEvaluator.IsTruthy(Evaluate(condition, location));

    /// <summary>A sequence that an expression gives in the place of an item is put in by its items (actions/runner, TemplateUnraveler.cs).</summary>
    private IEnumerable<ExpressionValue> Items(TemplateToken item) =>
        EvaluateToken(item) is var value && item is ExpressionToken && value is ArrayValue inserted ? inserted : [value];

    private ExpressionValue Evaluate(string expression, SourceLocation location)
    {
        try
        {
            return ExpressionEvaluator.Evaluate(expression, scope);
        }
        catch (ExpressionException e)
        {
            throw new WorkflowException(new WorkflowError(location, e.Message), e);
        }
    }

    private IEnumerable<(string Key, ExpressionValue Value, SourceLocation Location)> Unfold(MappingToken mapping)
    {
        foreach ((TemplateToken key, TemplateToken value) in mapping.Items)
        {
            ExpressionValue evaluated = EvaluateToken(value);
            if (key is not InsertToken)
            {
                yield return (EvaluateString(key), evaluated, value.Location);
                continue;
            }

            if (evaluated is not ObjectValue inserted)
                throw new WorkflowException(value.Location, $"A mapping was expected to insert, not '{ExpressionText.ToText(evaluated)}'");
            foreach ((string innerKey, ExpressionValue innerValue) in inserted)
                yield return (innerKey, innerValue, value.Location);
        }
    }

    private static string TextOf(ExpressionValue value, SourceLocation location) => value switch
    {
        ArrayValue => throw new WorkflowException(location, "A sequence was not expected"),
        ObjectValue => throw new WorkflowException(location, "A mapping was not expected"),
        _ => ExpressionText.ToText(value),
    };

    private static WorkflowException Unexpected(ExpressionValue value, SourceLocation location) => value switch
    {
        ArrayValue or ObjectValue => new WorkflowException(location, TextOfKind(value)),
        _ => new WorkflowException(location, $"Unexpected value '{ExpressionText.ToText(value)}'"),
    };

    private static string TextOfKind(ExpressionValue value) => value is ArrayValue ? "A sequence was not expected" : "A mapping was not expected";
}

using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Syntax;
using CmlNet.Workflows.Model.Schema;

namespace CmlNet.Workflows.Model.Conversion;

/// <summary><c>if:</c>, with or without <c>${{ }}</c>, to its normal form.</summary>
internal static class ConditionConverter
{
    public static string Convert(TemplateToken? token, string definition, ICollection<WorkflowError> errors)
    {
        string? text = token is ExpressionToken expression ? expression.Expression : token.AsText();
        if (token is null || string.IsNullOrWhiteSpace(text))
            return ConditionNormalizer.Default;
        try
        {
            ExpressionParser.Parse(text, new Expectation(definition, null).Vocabulary);
            return ConditionNormalizer.Normalize(text);
        }
        catch (ExpressionException e)
        {
            errors.Add(new WorkflowError(token.Location, e.Message));
            return ConditionNormalizer.Default;
        }
    }
}

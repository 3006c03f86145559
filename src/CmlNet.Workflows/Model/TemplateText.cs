using System.Globalization;
using System.Text;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Syntax;
using CmlNet.Workflows.Model.Schema;

namespace CmlNet.Workflows.Model;

/// <summary>A token as people write it: what GitHub's form makes of text with expressions in it, <c>format('a {0}', b)</c>, becomes <c>a ${{ b }}</c> again.</summary>
public static class TemplateText
{
    public static string Of(TemplateToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token is ExpressionToken expression ? OfExpression(expression.Expression) : SchemaValidator.TextOf(token);
    }

    private static string OfExpression(string expression)
    {
        try
        {
            if (ExpressionParser.Parse(expression, ExpressionVocabulary.Any) is FunctionNode { Name: "format", Arguments: [LiteralNode { Value: StringValue form }, ..] arguments } && Fill(form.Value, arguments) is { } text)
                return text;
        }
        catch (ExpressionException)
        {
            // Shown as it is: whoever evaluates it says what is wrong with it.
        }
        return $"${{{{ {expression} }}}}";
    }

    /// <summary>Null for a form that is not of our making.</summary>
    private static string? Fill(string form, IReadOnlyList<ExpressionNode> arguments)
    {
        var text = new StringBuilder();
        for (int at = 0; at < form.Length; at++)
        {
            char c = form[at];
            bool doubled = at + 1 < form.Length && form[at + 1] == c;
            if (c is not ('{' or '}'))
                text.Append(c);
            else if (doubled)
                text.Append(form[at++]);
            else if (c == '{' && form.IndexOf('}', at) is var end and > 0
                && int.TryParse(form.AsSpan(at + 1, end - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index + 1 < arguments.Count)
            {
                text.Append("${{ ").Append(ExpressionPrinter.Print(arguments[index + 1])).Append(" }}");
                at = end;
            }
            else
                return null;
        }
        return text.ToString();
    }
}

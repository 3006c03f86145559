using System.Text;

namespace CmlNet.Workflows.Expressions.Syntax;

/// <summary>A syntax tree as text in one normal form; reading the text again gives the same tree.</summary>
internal static class ExpressionPrinter
{
    public static string Print(ExpressionNode node)
    {
        var text = new StringBuilder();
        Append(text, node, 0);
        return text.ToString();
    }

    private static int Binding(ExpressionNode node) => node switch
    {
        LogicalNode { Operator: SymbolKind.Or } => 1,
        LogicalNode => 2,
        ComparisonNode { Operator: SymbolKind.Equal or SymbolKind.NotEqual } => 3,
        ComparisonNode => 4,
        NotNode => 5,
        LiteralNode => 6,
        _ => 7,
    };

    private static void Append(StringBuilder text, ExpressionNode node, int atLeast)
    {
        bool group = Binding(node) < atLeast;
        if (group)
            text.Append('(');
        AppendBare(text, node);
        if (group)
            text.Append(')');
    }

    private static void AppendBare(StringBuilder text, ExpressionNode node)
    {
        switch (node)
        {
            case LiteralNode literal:
                text.Append(PrintLiteral(literal.Value));
                break;
            case ContextNode context:
                text.Append(context.Name);
                break;
            case WildcardNode:
                text.Append('*');
                break;
            case NotNode not:
                text.Append('!');
                Append(text, not.Operand, Binding(not));
                break;
            case ComparisonNode comparison:
                Append(text, comparison.Left, Binding(comparison));
                text.Append(' ').Append(OperatorText(comparison.Operator)).Append(' ');
                Append(text, comparison.Right, Binding(comparison) + 1);
                break;
            case LogicalNode logical:
                AppendJoined(text, logical.Operands, $" {OperatorText(logical.Operator)} ", Binding(logical) + 1);
                break;
            case FunctionNode function:
                text.Append(function.Name).Append('(');
                AppendJoined(text, function.Arguments, ", ", 0);
                text.Append(')');
                break;
            case IndexNode index:
                AppendIndex(text, index);
                break;
        }
    }

    private static void AppendIndex(StringBuilder text, IndexNode node)
    {
        Append(text, node.Target, 7);
        switch (node.Index)
        {
            case WildcardNode:
                text.Append(".*");
                break;
            case LiteralNode { Value: StringValue name } when ExpressionLexer.IsIdentifier(name.Value):
                text.Append('.').Append(name.Value);
                break;
            default:
                text.Append('[');
                Append(text, node.Index, 0);
                text.Append(']');
                break;
        }
    }

    private static void AppendJoined(StringBuilder text, IReadOnlyList<ExpressionNode> nodes, string separator, int atLeast)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            if (i > 0)
                text.Append(separator);
            Append(text, nodes[i], atLeast);
        }
    }

    public static string PrintLiteral(ExpressionValue value) => value switch
    {
        StringValue s => $"'{s.Value.Replace("'", "''", StringComparison.Ordinal)}'",
        // All 17 digits, not the 15 that show: the tree must come back the same.
        NumberValue { Value: var number } when double.IsFinite(number) => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        NullValue => "null",
        _ => ExpressionText.ToText(value),
    };

    private static string OperatorText(SymbolKind kind) => kind switch
    {
        SymbolKind.Equal => "==",
        SymbolKind.NotEqual => "!=",
        SymbolKind.Less => "<",
        SymbolKind.LessOrEqual => "<=",
        SymbolKind.Greater => ">",
        SymbolKind.GreaterOrEqual => ">=",
        SymbolKind.And => "&&",
        _ => "||",
    };
}

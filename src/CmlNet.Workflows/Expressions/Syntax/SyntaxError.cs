namespace CmlNet.Workflows.Expressions.Syntax;

/// <summary>GitHub's wording of everything that can be wrong with an expression's text.</summary>
internal static class SyntaxError
{
    public static ExpressionException At(ExpressionErrorKind kind, string description, string text, int position, string expression) =>
        new(kind, $"{description}: '{text}'. Located at position {position + 1} within expression: {expression}");

    public static ExpressionException At(string description, Symbol symbol, string expression) =>
        At(ExpressionErrorKind.Parsing, description, symbol.Text, symbol.Position, expression);

    public static ExpressionException TooLong() =>
        new(ExpressionErrorKind.Lexing, $"Exceeded max expression length {ExpressionLimits.MaxLength}");

    public static ExpressionException TooDeep() =>
        new(ExpressionErrorKind.Parsing, $"Exceeded max expression depth {ExpressionLimits.MaxDepth}");
}

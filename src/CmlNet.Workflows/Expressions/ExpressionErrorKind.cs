namespace CmlNet.Workflows.Expressions;

/// <summary>The stage that an expression failed in.</summary>
public enum ExpressionErrorKind
{
    Lexing,
    Parsing,
    Evaluation,
}

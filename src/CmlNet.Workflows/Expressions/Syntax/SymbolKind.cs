namespace CmlNet.Workflows.Expressions.Syntax;

internal enum SymbolKind
{
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Comma,
    Dot,
    Star,
    Not,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    Literal,
    Identifier,
    End,
}

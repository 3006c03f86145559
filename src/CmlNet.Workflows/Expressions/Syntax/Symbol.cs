namespace CmlNet.Workflows.Expressions.Syntax;

/// <summary>A lexical unit: its text as written, where it starts (from 0), and the value of a literal.</summary>
internal sealed record Symbol(SymbolKind Kind, string Text, int Position, ExpressionValue? Value = null);

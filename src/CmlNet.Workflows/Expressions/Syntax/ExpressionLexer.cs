using System.Text;

namespace CmlNet.Workflows.Expressions.Syntax;

/// <summary>Text to symbols. Characters that can't start or continue a symbol are a lexing error; wrong order is the parser's business.</summary>
internal sealed class ExpressionLexer(string expression)
{
    private readonly List<Symbol> _symbols = [];
    private int _at;

    public static IReadOnlyList<Symbol> Read(string expression)
    {
        if (expression.Length > ExpressionLimits.MaxLength)
            throw SyntaxError.TooLong();
        var lexer = new ExpressionLexer(expression);
        lexer.ReadAll();
        return lexer._symbols;
    }

    private void ReadAll()
    {
        while (true)
        {
            while (_at < expression.Length && char.IsWhiteSpace(expression[_at]))
                _at++;
            if (_at >= expression.Length)
                break;
            ReadOne(expression[_at]);
        }

        _symbols.Add(new Symbol(SymbolKind.End, "", expression.Length));
    }

    private void ReadOne(char c)
    {
        switch (c)
        {
            case '(': Add(SymbolKind.OpenParenthesis, 1); break;
            case ')': Add(SymbolKind.CloseParenthesis, 1); break;
            case '[': Add(SymbolKind.OpenBracket, 1); break;
            case ']': Add(SymbolKind.CloseBracket, 1); break;
            case ',': Add(SymbolKind.Comma, 1); break;
            case '*': Add(SymbolKind.Star, 1); break;
            case '\'': ReadString(); break;
            case '!' or '=' or '<' or '>' or '&' or '|': ReadOperator(c); break;
            case '.' when !StartsNumber(): Add(SymbolKind.Dot, 1); break;
            case '.' or '+' or '-' or (>= '0' and <= '9'): ReadNumber(); break;
            default: ReadIdentifier(); break;
        }
    }

    /// <summary>A dot is a decimal point only where an operand is expected.</summary>
    private bool StartsNumber() => _symbols.Count == 0 || _symbols[^1].Kind is SymbolKind.Comma or SymbolKind.OpenParenthesis or SymbolKind.OpenBracket
        or SymbolKind.Not or SymbolKind.Equal or SymbolKind.NotEqual or SymbolKind.Less or SymbolKind.LessOrEqual
        or SymbolKind.Greater or SymbolKind.GreaterOrEqual or SymbolKind.And or SymbolKind.Or;

    private void ReadOperator(char c)
    {
        char next = _at + 1 < expression.Length ? expression[_at + 1] : '\0';
        (SymbolKind Kind, int Length)? found = (c, next) switch
        {
            ('!', '=') => (SymbolKind.NotEqual, 2),
            ('=', '=') => (SymbolKind.Equal, 2),
            ('<', '=') => (SymbolKind.LessOrEqual, 2),
            ('>', '=') => (SymbolKind.GreaterOrEqual, 2),
            ('&', '&') => (SymbolKind.And, 2),
            ('|', '|') => (SymbolKind.Or, 2),
            ('!', _) => (SymbolKind.Not, 1),
            ('<', _) => (SymbolKind.Less, 1),
            ('>', _) => (SymbolKind.Greater, 1),
            _ => null,
        };
        if (found is { } symbol)
            Add(symbol.Kind, symbol.Length);
        else
            throw Unexpected(ReadToBoundary(dotsToo: false));
    }

    private void ReadString()
    {
        int start = _at++;
        var text = new StringBuilder();
        while (_at < expression.Length)
        {
            char c = expression[_at++];
            if (c == '\'')
            {
                if (_at >= expression.Length || expression[_at] != '\'')
                {
                    _symbols.Add(new Symbol(SymbolKind.Literal, expression[start.._at], start, ExpressionValue.Of(text.ToString())));
                    return;
                }

                _at++;
            }

            text.Append(c);
        }

        throw Unexpected((start, expression[start..]));
    }

    private void ReadNumber()
    {
        (int start, string text) = ReadToBoundary(dotsToo: true);
        double number = NumberText.Parse(text);
        if (double.IsNaN(number))
            throw Unexpected((start, text));
        _symbols.Add(new Symbol(SymbolKind.Literal, text, start, ExpressionValue.Of(number)));
    }

    private void ReadIdentifier()
    {
        (int start, string text) = ReadToBoundary(dotsToo: false);
        if (!IsIdentifier(text))
            throw Unexpected((start, text));
        bool isProperty = _symbols.Count > 0 && _symbols[^1].Kind == SymbolKind.Dot;
        ExpressionValue? constant = isProperty ? null : text switch
        {
            "null" => ExpressionValue.Null,
            "true" => ExpressionValue.True,
            "false" => ExpressionValue.False,
            "NaN" => ExpressionValue.Of(double.NaN),
            "Infinity" => ExpressionValue.Of(double.PositiveInfinity),
            _ => null,
        };
        _symbols.Add(new Symbol(constant is null ? SymbolKind.Identifier : SymbolKind.Literal, text, start, constant));
    }

    public static bool IsIdentifier(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] == '_') && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private (int Start, string Text) ReadToBoundary(bool dotsToo)
    {
        int start = _at++;
        while (_at < expression.Length && (!IsBoundary(expression[_at]) || (dotsToo && expression[_at] == '.')))
            _at++;
        return (start, expression[start.._at]);
    }

    private static bool IsBoundary(char c) =>
        c is '(' or ')' or '[' or ']' or ',' or '.' or '!' or '<' or '>' or '=' or '&' or '|' || char.IsWhiteSpace(c);

    private void Add(SymbolKind kind, int length)
    {
        _symbols.Add(new Symbol(kind, expression.Substring(_at, length), _at));
        _at += length;
    }

    private ExpressionException Unexpected((int Start, string Text) symbol) =>
        SyntaxError.At(ExpressionErrorKind.Lexing, "Unexpected symbol", symbol.Text, symbol.Start, expression);
}

using CmlNet.Workflows.Expressions.Functions;

namespace CmlNet.Workflows.Expressions.Syntax;

/// <summary>
/// Symbols to a syntax tree, by recursive descent. Binding, weakest first: <c>||</c>, <c>&amp;&amp;</c>, <c>== !=</c>, <c>&lt; &lt;= &gt; &gt;=</c>, <c>!</c>, index.
/// </summary>
internal sealed class ExpressionParser
{
    private readonly string _expression;
    private readonly IReadOnlyList<Symbol> _symbols;
    private readonly ExpressionVocabulary _vocabulary;
    private int _at;
    private int _nesting;

    private ExpressionParser(string expression, ExpressionVocabulary vocabulary)
    {
        _expression = expression;
        _symbols = ExpressionLexer.Read(expression);
        _vocabulary = vocabulary;
    }

    private Symbol Current => _symbols[_at];

    /// <summary>The tree, or null for a blank expression.</summary>
    public static ExpressionNode? Parse(string expression, ExpressionVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var parser = new ExpressionParser(expression, vocabulary);
        if (parser.Current.Kind == SymbolKind.End)
            return null;
        ExpressionNode root = parser.ParseExpression();
        if (parser.Current.Kind != SymbolKind.End)
            throw parser.Unexpected();
        return root;
    }

    private ExpressionNode ParseExpression()
    {
        // Groups make no node, so that the recursion is bounded apart from the depth of the tree.
        if (++_nesting > ExpressionLimits.MaxDepth)
            throw SyntaxError.TooDeep();
        ExpressionNode node = ParseLogical(SymbolKind.Or);
        _nesting--;
        return node;
    }

    private ExpressionNode ParseLogical(SymbolKind kind)
    {
        ExpressionNode first = kind == SymbolKind.Or ? ParseLogical(SymbolKind.And) : ParseEquality();
        if (Current.Kind != kind)
            return first;
        var operands = new List<ExpressionNode>();
        AddFlat(operands, kind, first);
        while (Accept(kind))
            AddFlat(operands, kind, kind == SymbolKind.Or ? ParseLogical(SymbolKind.And) : ParseEquality());
        return Bounded(new LogicalNode(kind, operands));
    }

    /// <summary><c>a || (b || c)</c> is one chain of three, as on GitHub: it counts for the depth.</summary>
    private static void AddFlat(List<ExpressionNode> operands, SymbolKind kind, ExpressionNode node)
    {
        if (node is LogicalNode logical && logical.Operator == kind)
            operands.AddRange(logical.Operands);
        else
            operands.Add(node);
    }

    private ExpressionNode ParseEquality()
    {
        ExpressionNode left = ParseRelational();
        while (Current.Kind is SymbolKind.Equal or SymbolKind.NotEqual)
        {
            SymbolKind kind = Take().Kind;
            left = Bounded(new ComparisonNode(kind, left, ParseRelational()));
        }

        return left;
    }

    private ExpressionNode ParseRelational()
    {
        ExpressionNode left = ParseNot();
        while (Current.Kind is SymbolKind.Less or SymbolKind.LessOrEqual or SymbolKind.Greater or SymbolKind.GreaterOrEqual)
        {
            SymbolKind kind = Take().Kind;
            left = Bounded(new ComparisonNode(kind, left, ParseNot()));
        }

        return left;
    }

    private ExpressionNode ParseNot()
    {
        int count = 0;
        while (Accept(SymbolKind.Not))
        {
            if (++count > ExpressionLimits.MaxDepth)
                throw SyntaxError.TooDeep();
        }

        ExpressionNode node = ParseIndexed();
        for (; count > 0; count--)
            node = Bounded(new NotNode(node));
        return node;
    }

    private ExpressionNode ParseIndexed()
    {
        ExpressionNode node;
        switch (Current.Kind)
        {
            case SymbolKind.Literal:
                // A literal can't be indexed: what follows it is judged by the caller.
                return new LiteralNode(Take().Value ?? ExpressionValue.Null);
            case SymbolKind.OpenParenthesis:
                Take();
                node = ParseExpression();
                Expect(SymbolKind.CloseParenthesis);
                break;
            case SymbolKind.Identifier:
                node = _symbols[_at + 1].Kind == SymbolKind.OpenParenthesis ? ParseFunction() : ParseContext();
                break;
            default:
                throw Unexpected();
        }

        while (Current.Kind is SymbolKind.Dot or SymbolKind.OpenBracket)
            node = Bounded(new IndexNode(node, Take().Kind == SymbolKind.Dot ? ParseProperty() : ParseSubscript()));
        return node;
    }

    private ExpressionNode ParseProperty()
    {
        if (Accept(SymbolKind.Star))
            return new WildcardNode();
        return Current.Kind == SymbolKind.Identifier ? new LiteralNode(ExpressionValue.Of(Take().Text)) : throw Unexpected();
    }

    private ExpressionNode ParseSubscript()
    {
        ExpressionNode index = Accept(SymbolKind.Star) ? new WildcardNode() : ParseExpression();
        Expect(SymbolKind.CloseBracket);
        return index;
    }

    private ContextNode ParseContext()
    {
        Symbol name = Take();
        if (!_vocabulary.AllowUnknown && !_vocabulary.Contexts.Contains(name.Text))
            throw SyntaxError.At("Unrecognized named-value", name, _expression);
        return new ContextNode(name.Text);
    }

    private FunctionNode ParseFunction()
    {
        Symbol name = Take();
        FunctionArity? arity = ArityOf(name.Text);
        if (arity is null && !_vocabulary.AllowUnknown)
            throw SyntaxError.At("Unrecognized function", name, _expression);
        Take();
        var arguments = new List<ExpressionNode>();
        if (!Accept(SymbolKind.CloseParenthesis))
        {
            do
                arguments.Add(ParseExpression());
            while (Accept(SymbolKind.Comma));
            Expect(SymbolKind.CloseParenthesis);
        }

        if (arity is not null)
            CheckArity(name, arguments.Count, arity);
        return Bounded(new FunctionNode(name.Text, arguments));
    }

    private void CheckArity(Symbol name, int count, FunctionArity arity)
    {
        if (count < arity.Minimum)
            throw SyntaxError.At("Too few parameters supplied", name, _expression);
        if (count > arity.Maximum)
            throw SyntaxError.At("Too many parameters supplied", name, _expression);
        if (count % 2 == 0 && name.Text.Equals("case", StringComparison.OrdinalIgnoreCase))
            throw SyntaxError.At("Even number of parameters supplied, requires an odd number of parameters", name, _expression);
    }

    private FunctionArity? ArityOf(string name) =>
        BuiltInFunctions.TryGet(name, out BuiltInFunction? function) ? function.Arity : _vocabulary.Functions.GetValueOrDefault(name);

    private static T Bounded<T>(T node)
        where T : ExpressionNode => node.Depth > ExpressionLimits.MaxDepth ? throw SyntaxError.TooDeep() : node;

    private Symbol Take() => _symbols[_at++];

    private bool Accept(SymbolKind kind)
    {
        if (Current.Kind != kind)
            return false;
        _at++;
        return true;
    }

    private void Expect(SymbolKind kind)
    {
        if (!Accept(kind))
            throw Unexpected();
    }

    /// <summary>At the end GitHub names the last symbol there was.</summary>
    private ExpressionException Unexpected() => Current.Kind == SymbolKind.End
        ? SyntaxError.At("Unexpected end of expression", _symbols[Math.Max(0, _at - 1)], _expression)
        : SyntaxError.At("Unexpected symbol", Current, _expression);
}

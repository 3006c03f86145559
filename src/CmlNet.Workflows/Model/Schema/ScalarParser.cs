using System.Text;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Syntax;

namespace CmlNet.Workflows.Model.Schema;

/// <summary>Finds the <c>${{ }}</c> in a string and makes it what it means: a string, one expression, or <c>format('…', …)</c> of several.</summary>
internal sealed class ScalarParser(StringToken token, Expectation expectation, Action<SourceLocation, string> report)
{
    private const string Open = "${{";
    private const string Insert = "insert";

    private readonly List<(string Text, bool IsExpression)> _segments = [];
    private bool _failed;

    /// <summary>The token unchanged when it has no expression or a wrong one, which is then reported.</summary>
    public TemplateToken Parse()
    {
        string text = token.Value;
        int at = 0;
        for (int start = Find(0); start >= 0; start = Find(at))
        {
            if (start > at)
                _segments.Add((text[at..start], false));
            int end = FindEnd(start + Open.Length);
            if (end < 0)
            {
                Fail("The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found.");
                return token;
            }

            string inner = text[(start + Open.Length)..(end - 2)].Trim();
            at = end;
            if (IsInsert(inner) is { } insert)
                return insert ? ParseInsert(start == 0 && end == text.Length) : token;
            AddExpression(inner);
        }

        if (at < text.Length)
            _segments.Add((text[at..], false));
        return _failed ? token : Combine();
    }

    private int Find(int from) => token.Value.IndexOf(Open, from, StringComparison.Ordinal);

    /// <summary>The place after the closing braces; quotes hide braces inside an expression's strings.</summary>
    private int FindEnd(int from)
    {
        bool quoted = false;
        for (int i = from; i < token.Value.Length; i++)
        {
            if (token.Value[i] == '\'')
                quoted = !quoted;
            else if (!quoted && token.Value[i] == '}' && i > from && token.Value[i - 1] == '}')
                return i + 1;
        }

        return -1;
    }

    private void AddExpression(string inner)
    {
        if (inner.Length == 0)
        {
            Fail("An expression was expected");
            return;
        }

        try
        {
            ExpressionParser.Parse(inner, expectation.Vocabulary);
            _segments.Add((inner, true));
        }
        catch (ExpressionException e)
        {
            Fail(e.Message);
        }
    }

    /// <summary>True for <c>insert</c>, null for something else, false (reported) for <c>insert</c> with arguments.</summary>
    private bool? IsInsert(string inner)
    {
        if (!inner.StartsWith(Insert, StringComparison.Ordinal) || (inner.Length > Insert.Length && !char.IsWhiteSpace(inner[Insert.Length])))
            return null;
        if (inner.Length == Insert.Length)
            return true;
        int count = inner[Insert.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        Fail($"Exactly 0 parameter(s) were expected following the directive '{Insert}'. Actual parameter count: {count}");
        return false;
    }

    private TemplateToken ParseInsert(bool isWhole)
    {
        if (isWhole)
            return new InsertToken(token.Location);
        Fail($"The directive '{Insert}' is not allowed in this context. Directives are not supported for expressions that are embedded within a string. Directives are only supported when the entire value is an expression.");
        return token;
    }

    private TemplateToken Combine()
    {
        if (_segments.Count == 0)
            return token;
        if (_segments is [(var text, var isExpression)])
        {
            if (!isExpression)
                return token;
            return ExpressionParser.Parse(text, ExpressionVocabulary.Any) is LiteralNode { Value: StringValue literal } && text[0] == '\''
                ? new StringToken(token.Location, literal.Value)
                : new ExpressionToken(token.Location, text);
        }

        var format = new StringBuilder("format('");
        var arguments = new StringBuilder();
        int count = 0;
        foreach ((string segment, bool expression) in _segments)
        {
            if (expression)
            {
                format.Append('{').Append(count++).Append('}');
                arguments.Append(", ").Append(segment);
            }
            else
            {
                format.Append(segment.Replace("'", "''", StringComparison.Ordinal).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
            }
        }

        return Checked($"{format}'{arguments})");
    }

    /// <summary>Text and expressions each in order can be too long together: GitHub's limit is on what is stored.</summary>
    private TemplateToken Checked(string combined)
    {
        try
        {
            ExpressionParser.Parse(combined, expectation.Vocabulary);
            return new ExpressionToken(token.Location, combined);
        }
        catch (ExpressionException e)
        {
            Fail(e.Message);
            return token;
        }
    }

    private void Fail(string message)
    {
        _failed = true;
        report(token.Location, message);
    }
}

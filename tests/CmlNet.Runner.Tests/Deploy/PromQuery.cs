using System.Text.RegularExpressions;

namespace CmlNet.Runner.Tests.Deploy;

/// <summary>Parses the part of PromQL that our rules and panels use, and tells which metrics they name; anything else is an error, as with promtool.</summary>
internal sealed partial class PromQuery
{
    private static readonly string[] Functions = ["rate", "increase", "histogram_quantile", "sum", "max", "min", "avg", "count", "abs", "time"];
    private static readonly string[] Operators = ["+", "-", "*", "/", "==", "!=", ">", "<", ">=", "<=", "and", "or", "unless"];
    private readonly string _text;
    private readonly List<string> _tokens;
    private int _at;

    private PromQuery(string text)
    {
        _text = text;
        _tokens = [.. Token().Matches(text).Select(match => match.Value).Where(token => token.Trim().Length > 0)];
        if (string.Concat(_tokens) != string.Concat(text.Where(c => !char.IsWhiteSpace(c))) && !text.Contains('"', StringComparison.Ordinal))
            throw new FormatException($"'{text}' has characters that belong to nothing");
    }

    public HashSet<string> Metrics { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Labels { get; } = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">It is no query.</exception>
    public static PromQuery Parse(string text)
    {
        var query = new PromQuery(text);
        query.Expression();
        return query._at == query._tokens.Count ? query : throw query.Error("the end");
    }

    private string? Peek => _at < _tokens.Count ? _tokens[_at] : null;

    private void Expression()
    {
        Operand();
        while (Peek is { } token && Operators.Contains(token, StringComparer.Ordinal))
        {
            _at++;
            Operand();
        }
    }

    private void Operand()
    {
        string token = Peek ?? throw Error("an operand");
        _at++;
        if (token == "(")
        {
            Expression();
            Expect(")");
        }
        else if (Functions.Contains(token, StringComparer.Ordinal))
        {
            Call();
        }
        else if (char.IsLetter(token[0]))
        {
            Metrics.Add(token);
            Selector();
        }
        else if (!double.TryParse(token, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            throw Error("a number, a metric or a function");
        }
    }

    private void Call()
    {
        Grouping();
        Expect("(");
        while (Peek is not ")" and not null)
        {
            Expression();
            if (Peek == ",")
                _at++;
        }

        Expect(")");
        Grouping();
    }

    private void Grouping()
    {
        if (Peek is not ("by" or "without"))
            return;
        _at++;
        Expect("(");
        while (Peek is { } label && label != ")")
        {
            if (label != ",")
                Labels.Add(label);
            _at++;
        }

        Expect(")");
    }

    private void Selector()
    {
        if (Peek == "{")
        {
            do
            {
                _at++;
                Labels.Add(Peek ?? throw Error("a label"));
                _at++;
                if (Peek is not ("=" or "!=" or "=~" or "!~"))
                    throw Error("a comparison");
                _at++;
                if (Peek?[0] != '"')
                    throw Error("a text");
                _at++;
            }
            while (Peek == ",");
            Expect("}");
        }

        if (Peek != "[")
            return;
        _at++;
        if (Peek is null || !Range().IsMatch(Peek))
            throw Error("a duration");
        _at++;
        Expect("]");
    }

    private void Expect(string token)
    {
        if (Peek != token)
            throw Error($"'{token}'");
        _at++;
    }

    private FormatException Error(string expected) => new($"'{_text}': expected {expected} instead of '{Peek}'");

    [GeneratedRegex("""\s+|"[^"]*"|\d+[smhd]|\d+(\.\d+)?|[a-zA-Z_][a-zA-Z0-9_]*|=~|!~|==|!=|>=|<=|[-+*/=<>(){}\[\],]""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("^[0-9]+[smhd]$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Range();
}

using System.Globalization;
using System.Text;

namespace CmlNet.Workflows.Expressions.Json;

/// <summary>
/// JSON as GitHub's fromJson() takes it. Beyond the standard: comments, single quotes, bare property names, a trailing comma,
/// NaN, Infinity and undefined, hexadecimal numbers; text after the first value is not looked at.
/// </summary>
internal sealed class LenientJsonReader(string json)
{
    private const int MaxDepth = 64;

    private int _at;
    private int _depth;

    public static ExpressionValue Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var reader = new LenientJsonReader(json);
        reader.SkipBlank();
        if (reader._at >= json.Length)
            throw Failure("Error reading JToken from JsonReader. Path '', line 0, position 0.");
        return reader.ReadValue();
    }

    private ExpressionValue ReadValue()
    {
        SkipBlank();
        if (_at >= json.Length)
            throw UnexpectedEnd();
        char c = json[_at];
        switch (c)
        {
            case '{': return Nested(ReadObject);
            case '[': return Nested(ReadArray);
            case '"' or '\'': return ExpressionValue.Of(ReadString(c));
            case '-' or '.' or (>= '0' and <= '9'): return ReadNumber();
            default: return ReadWord();
        }
    }

    private ExpressionValue Nested(Func<ExpressionValue> read)
    {
        if (++_depth > MaxDepth)
            throw Failure($"The reader's MaxDepth of {MaxDepth} has been exceeded. {Where()}");
        _at++;
        ExpressionValue value = read();
        _depth--;
        return value;
    }

    private ArrayValue ReadArray()
    {
        var items = new List<ExpressionValue>();
        while (!Close(']'))
        {
            items.Add(ReadValue());
            Separate(']', "an array");
        }

        return new ArrayValue(items);
    }

    private ObjectValue ReadObject()
    {
        var value = new ObjectValue();
        while (!Close('}'))
        {
            string name = ReadName();
            SkipBlank();
            if (_at >= json.Length)
                throw UnexpectedEnd();
            if (json[_at] != ':')
                throw Failure($"Invalid character after parsing property name. Expected ':' but got: {json[_at]}. {Where()}");
            _at++;
            value[name] = ReadValue();
            Separate('}', "an object");
        }

        return value;
    }

    private bool Close(char close)
    {
        SkipBlank();
        if (_at >= json.Length)
            throw UnexpectedEnd();
        if (json[_at] != close)
            return false;
        _at++;
        return true;
    }

    /// <summary>After an item: a comma is taken, the closing mark is left, anything else is wrong.</summary>
    private void Separate(char close, string container)
    {
        SkipBlank();
        if (_at >= json.Length)
            throw UnexpectedEnd();
        if (json[_at] == ',')
            _at++;
        else if (json[_at] != close)
            throw Failure($"After parsing a value an unexpected character was encountered: {json[_at]}. Expected a comma or the end of {container}. {Where()}");
    }

    private string ReadName()
    {
        char c = json[_at];
        if (c is '"' or '\'')
            return ReadString(c);
        int start = _at;
        while (_at < json.Length && (char.IsLetterOrDigit(json[_at]) || json[_at] is '_' or '$'))
            _at++;
        if (_at == start)
            throw Failure($"Invalid property identifier character: {c}. {Where()}");
        return json[start.._at];
    }

    private string ReadString(char quote)
    {
        var text = new StringBuilder();
        for (_at++; _at < json.Length; _at++)
        {
            char c = json[_at];
            if (c == quote)
            {
                _at++;
                return text.ToString();
            }

            text.Append(c == '\\' ? ReadEscape() : c);
        }

        throw Failure($"Unterminated string. Expected delimiter: {quote}. {Where()}");
    }

    private char ReadEscape()
    {
        if (++_at >= json.Length)
            throw UnexpectedEnd();
        char c = json[_at];
        switch (c)
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'b': return '\b';
            case 'f': return '\f';
            case '"' or '\'' or '\\' or '/': return c;
            case 'u' when _at + 4 < json.Length && ushort.TryParse(json.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                _at += 4;
                return (char)code;
            default: throw Failure($"Bad JSON escape sequence: \\{c}. {Where()}");
        }
    }

    private ExpressionValue ReadNumber()
    {
        if (json.AsSpan(_at).StartsWith("-Infinity", StringComparison.Ordinal))
        {
            _at += "-Infinity".Length;
            return ExpressionValue.Of(double.NegativeInfinity);
        }

        int start = _at;
        while (_at < json.Length && (char.IsAsciiLetterOrDigit(json[_at]) || json[_at] is '-' or '+' or '.'))
            _at++;
        string text = json[start.._at];
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hexadecimal))
            return ExpressionValue.Of((double)hexadecimal);
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, Styles, CultureInfo.InvariantCulture, out double number))
            return ExpressionValue.Of(number);
        throw Failure($"Input string '{text}' is not a valid number. {Where()}");
    }

    private ExpressionValue ReadWord()
    {
        (string Word, ExpressionValue Value)[] words =
        [
            ("true", ExpressionValue.True), ("false", ExpressionValue.False), ("null", ExpressionValue.Null), ("undefined", ExpressionValue.Null),
            ("NaN", ExpressionValue.Of(double.NaN)), ("Infinity", ExpressionValue.Of(double.PositiveInfinity)),
        ];
        foreach ((string word, ExpressionValue value) in words)
        {
            int end = _at + word.Length;
            if (json.AsSpan(_at).StartsWith(word, StringComparison.Ordinal) && (end >= json.Length || !char.IsLetterOrDigit(json[end])))
            {
                _at = end;
                return value;
            }
        }

        throw Failure($"Unexpected character encountered while parsing value: {json[_at]}. {Where()}");
    }

    private void SkipBlank()
    {
        while (_at < json.Length)
        {
            if (char.IsWhiteSpace(json[_at]) || (_at == 0 && json[_at] == '\uFEFF'))
                _at++;
            else if (json.AsSpan(_at).StartsWith("//", StringComparison.Ordinal))
                SkipPast(json.IndexOf('\n', _at), 1);
            else if (json.AsSpan(_at).StartsWith("/*", StringComparison.Ordinal))
                SkipPast(json.IndexOf("*/", _at + 2, StringComparison.Ordinal), 2);
            else
                return;
        }
    }

    private void SkipPast(int found, int length) => _at = found < 0 ? json.Length : found + length;

    private ExpressionException UnexpectedEnd() => Failure($"Unexpected end when reading JSON. {Where()}");

    /// <summary>Counted as GitHub's reader does: line 0 while nothing has been read.</summary>
    private string Where()
    {
        int at = Math.Min(_at, json.Length);
        int line = json.AsSpan(0, at).Count('\n') + 1;
        int position = at - (json.LastIndexOf('\n', Math.Max(0, at - 1)) + 1);
        return at == 0 ? "Path '', line 0, position 0." : $"Line {line}, position {Math.Max(0, position)}.";
    }

    private static ExpressionException Failure(string message) => new(ExpressionErrorKind.Evaluation, message);
}

using System.Globalization;

namespace CmlNet.Dvc.Values;

/// <summary>
/// JSON as Python's <c>json</c> module writes and reads it: bare <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> are numbers, of two equal
/// keys the last one counts. System.Text.Json refuses the bare names whatever its options, hence a parser of our own.
/// </summary>
public static class JsonValueReader
{
    /// <exception cref="DvcFormatException">Not JSON; carries line and column.</exception>
    public static DvcValue Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new Parser(text);
        return parser.ReadDocument();
    }

    private ref struct Parser(string text)
    {
        private readonly string _text = text;
        private int _at = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        private int _nodes;

        public DvcValue ReadDocument()
        {
            SkipSpace();
            if (_at == _text.Length)
                throw Error("the file is empty; expected a JSON value");
            DvcValue value = ReadValue(0);
            SkipSpace();
            return _at == _text.Length ? value : throw Error($"unexpected {Seen()} after the end of the JSON value");
        }

        private DvcValue ReadValue(int depth)
        {
            if (depth > ValueLimits.Depth)
                throw Error($"nested deeper than {ValueLimits.Depth} levels");
            if (++_nodes > ValueLimits.Nodes)
                throw Error($"more than {ValueLimits.Nodes} values");
            SkipSpace();
            if (_at == _text.Length)
                throw Error("the file ends where a JSON value was expected");
            return _text[_at] switch
            {
                '{' => ReadMap(depth),
                '[' => ReadList(depth),
                '"' => DvcValue.Of(ReadText()),
                '-' or (>= '0' and <= '9') => ReadNumber(),
                _ => ReadWord(),
            };
        }

        private DvcValue ReadMap(int depth)
        {
            _at++;
            var entries = new OrderedDictionary<string, DvcValue>(StringComparer.Ordinal);
            SkipSpace();
            if (TryTake('}'))
                return DvcValue.Of(new List<KeyValuePair<string, DvcValue>>(entries));
            while (true)
            {
                SkipSpace();
                if (_at == _text.Length || _text[_at] != '"')
                    throw Error($"expected a key in double quotes, found {Seen()}");
                string key = ReadText();
                SkipSpace();
                if (!TryTake(':'))
                    throw Error($"expected ':' after the key, found {Seen()}");
                entries[key] = ReadValue(depth + 1);
                SkipSpace();
                if (TryTake('}'))
                    return DvcValue.Of(new List<KeyValuePair<string, DvcValue>>(entries));
                if (!TryTake(','))
                    throw Error($"expected ',' or '}}', found {Seen()}");
            }
        }

        private DvcValue ReadList(int depth)
        {
            _at++;
            var items = new List<DvcValue>();
            SkipSpace();
            if (TryTake(']'))
                return DvcValue.Of(items);
            while (true)
            {
                items.Add(ReadValue(depth + 1));
                SkipSpace();
                if (TryTake(']'))
                    return DvcValue.Of(items);
                if (!TryTake(','))
                    throw Error($"expected ',' or ']', found {Seen()}");
            }
        }

        private string ReadText()
        {
            int start = ++_at;
            int plain = _text.AsSpan(_at).IndexOfAny('"', '\\');
            if (plain >= 0 && _text[_at + plain] == '"' && !_text.AsSpan(_at, plain).ContainsAnyInRange('\0', '\u001F'))
            {
                _at += plain + 1;
                return _text.Substring(start, plain);
            }

            var built = new System.Text.StringBuilder();
            while (true)
            {
                if (_at == _text.Length)
                    throw Error("the file ends inside a text; a closing '\"' is missing");
                char c = _text[_at++];
                if (c == '"')
                    return built.ToString();
                if (c < ' ')
                    throw Error("a line break or control character inside a text; write it as an escape such as \\n", _at - 1);
                built.Append(c == '\\' ? ReadEscape() : c);
            }
        }

        private char ReadEscape()
        {
            if (_at == _text.Length)
                throw Error("the file ends inside an escape");
            char c = _text[_at++];
            switch (c)
            {
                case '"' or '\\' or '/': return c;
                case 'b': return '\b';
                case 'f': return '\f';
                case 'n': return '\n';
                case 'r': return '\r';
                case 't': return '\t';
                case 'u' when _at + 4 <= _text.Length && ushort.TryParse(_text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                    _at += 4;
                    return (char)code;
                default: throw Error($"unknown escape '\\{c}'", _at - 2);
            }
        }

        private DvcValue ReadNumber()
        {
            int start = _at;
            if (_text.AsSpan(_at).StartsWith("-Infinity", StringComparison.Ordinal))
            {
                _at += 9;
                return DvcValue.Of(double.NegativeInfinity);
            }

            while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] is '+' or '-' or '.' or 'e' or 'E'))
                _at++;
            ReadOnlySpan<char> number = _text.AsSpan(start, _at - start);
            bool whole = !number.ContainsAny('.', 'e', 'E');
            if (whole && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer))
                return DvcValue.Of(integer);
            return number[^1] is not ('.' or 'e' or 'E') && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double real)
                ? DvcValue.Of(real)
                : throw Error($"'{number}' is not a number", start);
        }

        private DvcValue ReadWord()
        {
            int start = _at;
            while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at]))
                _at++;
            string word = _text[start.._at];
            switch (word)
            {
                case "true": return DvcValue.Of(true);
                case "false": return DvcValue.Of(false);
                case "null": return DvcValue.Null;
                case "NaN": return DvcValue.Of(double.NaN);
                case "Infinity": return DvcValue.Of(double.PositiveInfinity);
                default:
                    _at = start;
                    throw Error($"expected a JSON value, found {Seen()}");
            }
        }

        private void SkipSpace()
        {
            while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\r' or '\n')
                _at++;
        }

        private bool TryTake(char expected)
        {
            if (_at == _text.Length || _text[_at] != expected)
                return false;
            _at++;
            return true;
        }

        private readonly string Seen()
        {
            if (_at == _text.Length)
                return "the end of the file";
            int end = _at;
            while (end < _text.Length && end - _at < 20 && char.IsAsciiLetterOrDigit(_text[end]))
                end++;
            return end == _at ? $"'{(char.IsControl(_text[_at]) ? '?' : _text[_at])}'" : $"'{_text[_at..end]}'";
        }

        private readonly DvcFormatException Error(string message, int at = -1)
        {
            int position = at < 0 ? _at : at;
            ReadOnlySpan<char> before = _text.AsSpan(0, position);
            int line = before.Count('\n') + 1;
            return new DvcFormatException(message, line, position - before.LastIndexOf('\n'));
        }
    }
}

namespace CmlNet.Workflows.Expressions.Json;

/// <summary>
/// JSON as GitHub's fromJson() takes it. Beyond the standard: comments, single quotes, bare property names, a trailing comma and missing items,
/// NaN, Infinity and undefined, hexadecimal and octal numbers; text after the first value is not looked at.
/// </summary>
internal sealed class LenientJsonReader(string json)
{
    private const int MaxDepth = 64;

    /// <summary>The text of a value that GitHub has no kind for.</summary>
    private static readonly ExpressionValue Undefined = ExpressionValue.Of("");

    private readonly JsonPath _path = new();
    private int _at;

    public static ExpressionValue Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var reader = new LenientJsonReader(json);
        reader.SkipBlank();
        return reader._at < json.Length ? reader.ReadValue() : throw reader.Failure("Error reading JToken from JsonReader.");
    }

    private ExpressionValue ReadValue()
    {
        SkipBlank();
        if (_at >= json.Length)
            throw EndOfText();
        char c = json[_at];
        switch (c)
        {
            case '{':
                return Nested(isArray: false, ReadObject);
            case '[':
                return Nested(isArray: true, ReadArray);
            case ',' when _path.Depth > 0:
                // Nothing between two commas, which is as good as undefined; the comma is left for the caller.
                _path.BeginValue();
                return Undefined;
            default:
                ExpressionValue value = c switch
                {
                    '"' or '\'' => ExpressionValue.Of(ReadString()),
                    '-' when Next() == 'I' => ReadWord("-Infinity", "-Infinity", ExpressionValue.Of(double.NegativeInfinity)),
                    '-' or '.' or (>= '0' and <= '9') => new JsonNumberReader(json, _at, Failure).Read(out _at),
                    't' => ReadWord("true", "boolean", ExpressionValue.True),
                    'f' => ReadWord("false", "boolean", ExpressionValue.False),
                    'n' when Next() == 'u' => ReadWord("null", "null", ExpressionValue.Null),
                    'u' => ReadWord("undefined", "undefined", Undefined),
                    'N' => ReadWord("NaN", "NaN", ExpressionValue.Of(double.NaN)),
                    'I' => ReadWord("Infinity", "Infinity", ExpressionValue.Of(double.PositiveInfinity)),
                    _ => throw Failure($"Unexpected character encountered while parsing value: {c}."),
                };
                _path.BeginValue();
                return value;
        }
    }

    private char Next() => _at + 1 < json.Length ? json[_at + 1] : '\0';

    private ExpressionValue Nested(bool isArray, Func<ExpressionValue> read)
    {
        _path.BeginValue();
        if (_path.Depth >= MaxDepth)
            throw Failure($"The reader's MaxDepth of {MaxDepth} has been exceeded.");
        _at++;
        _path.Open(isArray);
        ExpressionValue value = read();
        _path.Close();
        return value;
    }

    private ArrayValue ReadArray()
    {
        var items = new List<ExpressionValue>();
        while (!Close(']'))
        {
            items.Add(ReadValue());
            Separate();
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
                throw EndOfText();
            if (json[_at] != ':')
                throw Failure($"Invalid character after parsing property name. Expected ':' but got: {json[_at]}.");
            _at++;
            _path.BeginProperty(name);
            value[name] = ReadValue();
            Separate();
        }

        return value;
    }

    private bool Close(char close)
    {
        SkipBlank();
        if (_at >= json.Length)
            throw EndOfText();
        if (json[_at] != close)
            return false;
        _at++;
        return true;
    }

    /// <summary>After an item: a comma is taken, the closing mark is left, anything else is wrong.</summary>
    private void Separate()
    {
        SkipBlank();
        if (_at >= json.Length)
            throw EndOfText();
        char c = json[_at];
        if (c == ',')
        {
            _at++;
        }
        else if (c is ']' or '}')
        {
            if (c == ']' != _path.IsInArray)
                throw WrongEnd(c);
        }
        else
        {
            throw Failure($"After parsing a value an unexpected character was encountered: {c}.");
        }
    }

    private ExpressionException WrongEnd(char c)
    {
        string open = _path.IsInArray ? "Array" : "Object";
        _at++;
        _path.Close();
        return Failure($"JsonToken {(c == ']' ? "EndArray" : "EndObject")} is not valid for closing JsonType {open}.");
    }

    private string ReadName()
    {
        char c = json[_at];
        if (c is '"' or '\'')
            return ReadString();
        int start = _at;
        while (_at < json.Length && IsNameCharacter(json[_at]))
            _at++;
        if (_at == start)
            throw Failure($"Invalid property identifier character: {c}.");
        if (_at >= json.Length)
            throw Failure("Unexpected end while parsing unquoted property name.");
        if (json[_at] != ':' && !char.IsWhiteSpace(json[_at]))
            throw Failure($"Invalid JavaScript property identifier character: {json[_at]}.");
        return json[start.._at];
    }

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    private string ReadString() => new JsonStringReader(json, _at, Failure).Read(out _at);

    private ExpressionValue ReadWord(string word, string kind, ExpressionValue value)
    {
        if (json.Length - _at < word.Length)
        {
            _at = json.Length;
            throw Failure("Unexpected end when reading JSON.");
        }

        int same = json.AsSpan(_at).CommonPrefixLength(word);
        _at += same;
        if (same == word.Length && (_at >= json.Length || json[_at] is '}' or ']' or ',' or '/' || char.IsWhiteSpace(json[_at])))
            return value;
        throw Failure($"Error parsing {kind} value.");
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

    /// <summary>GitHub's reader names the outermost container, and tells one of which nothing came from one that is not closed.</summary>
    private ExpressionException EndOfText()
    {
        string container = _path.IsArrayAtRoot == true ? "JArray" : "JObject";
        return Failure(_path is { Depth: 1 } && _path.ToString().Length == 0 ? $"Error reading {container} from JsonReader." : $"Unexpected end of content while loading {container}.");
    }

    private ExpressionException Failure(string message)
    {
        int at = Math.Min(_at, json.Length);
        int position = at - (json.LastIndexOf('\n', Math.Max(0, at - 1), Math.Max(0, at)) + 1);
        // Counted as GitHub's reader does: line 0 while nothing has been read.
        int line = _path.IsArrayAtRoot is null && position == 0 ? 0 : json.AsSpan(0, at).Count('\n') + 1;
        return new ExpressionException(ExpressionErrorKind.Evaluation, $"Error parsing fromJson,{message} Path '{_path}', line {line}, position {position}.");
    }
}

using System.Globalization;
using System.Text;

namespace CmlNet.Dvc.Values;

/// <summary>Literals of Python and of TOML, which agree on almost everything: texts, numbers, lists, maps.</summary>
/// <param name="text">The whole file.</param>
/// <param name="isPython">Escapes in single quotes, tuples, <c>:</c> in maps, <c>None</c>.</param>
internal sealed class LiteralScanner(string text, bool isPython)
{
    public int At { get; set; }

    public bool IsAtEnd => At >= text.Length;

    public char Current => IsAtEnd ? '\0' : text[At];

    /// <summary>Null when what stands here is no literal.</summary>
    public DvcValue? ReadValue(int depth = 0)
    {
        if (depth > ValueLimits.Depth)
            throw Error($"nested deeper than {ValueLimits.Depth} levels");
        SkipSpace(lines: depth > 0);
        return Current switch
        {
            '"' or '\'' => DvcValue.Of(ReadString()),
            '[' => ReadList(']', depth),
            '(' when isPython => ReadList(')', depth),
            '{' => ReadMap(depth),
            _ => ReadWord(),
        };
    }

    public void SkipSpace(bool lines)
    {
        while (!IsAtEnd)
        {
            if (Current == '#' && lines)
                SkipLine();
            else if (Current is ' ' or '\t' or '\r' || (lines && Current == '\n'))
                At++;
            else
                return;
        }
    }

    public void SkipLine()
    {
        while (!IsAtEnd && Current != '\n')
            At++;
    }

    public bool TryTake(char c)
    {
        if (Current != c || IsAtEnd)
            return false;
        At++;
        return true;
    }

    /// <summary>A bare name, or a quoted one.</summary>
    public string ReadKey()
    {
        SkipSpace(lines: false);
        if (Current is '"' or '\'')
            return ReadString();
        int start = At;
        while (!IsAtEnd && (char.IsLetterOrDigit(Current) || Current is '_' or '-'))
            At++;
        return At > start ? text[start..At] : throw Error("a name is expected");
    }

    public DvcFormatException Error(string message)
    {
        int end = Math.Min(At, text.Length);
        ReadOnlySpan<char> before = text.AsSpan(0, end);
        return new DvcFormatException(message, before.Count('\n') + 1, end - before.LastIndexOf('\n'));
    }

    private DvcValue? ReadList(char end, int depth)
    {
        At++;
        var items = new List<DvcValue>();
        while (true)
        {
            SkipSpace(lines: true);
            if (TryTake(end))
                return DvcValue.Of(items);
            if (ReadValue(depth + 1) is not { } item)
                return null;
            items.Add(item);
            SkipSpace(lines: true);
            if (!TryTake(',') && Current != end)
                return null;
        }
    }

    private DvcValue? ReadMap(int depth)
    {
        At++;
        var entries = new OrderedDictionary<string, DvcValue>(StringComparer.Ordinal);
        while (true)
        {
            SkipSpace(lines: true);
            if (TryTake('}'))
                return DvcValue.Of([.. entries]);
            string? key = isPython ? (ReadValue(depth + 1) is { } literal ? PythonText.Text(literal) : null) : ReadKey();
            SkipSpace(lines: true);
            if (key is null || !TryTake(isPython ? ':' : '=') || ReadValue(depth + 1) is not { } value)
                return null;
            entries[key] = value;
            SkipSpace(lines: true);
            if (!TryTake(',') && Current != '}')
                return null;
        }
    }

    private string ReadString()
    {
        char quote = Current;
        bool isLong = text.AsSpan(At).StartsWith(new string(quote, 3), StringComparison.Ordinal);
        string end = new(quote, isLong ? 3 : 1);
        At += end.Length;
        if (isLong && !isPython && Current == '\n')
            At++;
        var built = new StringBuilder();
        bool hasEscapes = isPython || quote == '"';
        while (!text.AsSpan(At).StartsWith(end, StringComparison.Ordinal))
        {
            if (IsAtEnd || (Current == '\n' && !isLong))
                throw Error("the text is not closed");
            if (Current == '\\' && hasEscapes)
                ReadEscape(built);
            else
                built.Append(text[At++]);
        }

        At += end.Length;
        return built.ToString();
    }

    private void ReadEscape(StringBuilder built)
    {
        At++;
        char c = Current;
        At++;
        int digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (At + digits > text.Length || !int.TryParse(text.AsSpan(At, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) || !Rune.TryCreate(code, out Rune rune))
                throw Error("the escape is no character");
            built.Append(rune.ToString());
            At += digits;
            return;
        }

        if (c == '\n')
            return;
        built.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', '0' => '\0', 'e' => '\u001b', _ => c });
    }

    private DvcValue? ReadWord()
    {
        int start = At;
        while (!IsAtEnd && (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '+' or '-' or '.' or ':'))
        {
            if (isPython && Current == ':')
                break; // of a map
            At++;
        }

        string word = text[start..At];
        return word switch
        {
            "" => null,
            "true" or "True" => DvcValue.Of(true),
            "false" or "False" => DvcValue.Of(false),
            "None" when isPython => DvcValue.Null,
            "inf" or "+inf" => DvcValue.Of(double.PositiveInfinity),
            "-inf" => DvcValue.Of(double.NegativeInfinity),
            "nan" or "+nan" or "-nan" => DvcValue.Of(double.NaN),
            _ => Number(word.Replace("_", "", StringComparison.Ordinal)) ?? (isPython || !char.IsAsciiDigit(word[0]) ? null : DvcValue.Of(word)), // TOML's dates
        };
    }

    private static DvcValue? Number(string word)
    {
        if (word.StartsWith("0b", StringComparison.Ordinal))
            return long.TryParse(word.AsSpan(2), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out long binary) ? DvcValue.Of(binary) : null;
        return word.Length > 0 && YamlScalar.Resolve(word) is { IsNumeric: true } number ? number : null;
    }
}

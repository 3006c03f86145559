using System.Diagnostics.CodeAnalysis;

namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>
/// Reads HTML as the tokenisation part of the HTML standard (§13.2.5) says, for the states that fragments can reach: tags,
/// attributes in every quoting, comments and bogus comments, and elements whose content is no markup. Never fails; input that
/// ends inside a tag ends before it.
/// </summary>
internal sealed class HtmlTokenizer(string html)
{
    private static readonly HashSet<string> RawText =
        ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"];

    // No element has more that mean anything; each new one is compared with those before.
    private const int MaximumAttributes = 64;

    private readonly string _html = html.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    private int _position;

    public IEnumerable<HtmlToken> Tokens()
    {
        while (_position < _html.Length)
        {
            if (_html[_position] != '<')
            {
                var end = EndOf(_html.IndexOf('<', _position));
                yield return TextTo(end);
            }
            else if (TryReadMarkup(out var token))
            {
                if (token is null)
                    continue;
                yield return token;
                if (token.Kind == HtmlTokenKind.StartTag && RawText.Contains(token.Value))
                    SkipRawText(token.Value);
            }
            else
            {
                // A lone '<' is text, up to the next one.
                yield return TextTo(EndOf(_html.IndexOf('<', _position + 1)));
            }
        }
    }

    private HtmlToken TextTo(int end)
    {
        var text = _html[_position..end];
        _position = end;
        return HtmlToken.Text(HtmlCharacterReferences.Decode(text));
    }

    private int EndOf(int found) => found < 0 ? _html.Length : found;

    private char Peek(int offset = 0) => _position + offset < _html.Length ? _html[_position + offset] : '\0';

    // At a '<': true when it opens markup; the token is null for what nobody wants to see.
    private bool TryReadMarkup(out HtmlToken? token)
    {
        token = null;
        var next = Peek(1);
        if (next is '!' or '?')
        {
            SkipDeclaration();
            return true;
        }

        if (char.IsAsciiLetter(next))
        {
            _position++;
            token = ReadTag(HtmlTokenKind.StartTag);
            return true;
        }

        if (next != '/' || _position + 2 >= _html.Length)
            return false;
        if (char.IsAsciiLetter(Peek(2)))
        {
            _position += 2;
            token = ReadTag(HtmlTokenKind.EndTag);
            return true;
        }

        SkipPast(">", _position + 2);
        return true;
    }

    private void SkipDeclaration()
    {
        if (string.CompareOrdinal(_html, _position, "<!--", 0, 4) != 0)
        {
            SkipPast(">", _position + 2);
            return;
        }

        // "<!-->" and "<!--->" are whole comments; otherwise one ends at "-->" or "--!>".
        var inside = _position + 4;
        if (string.CompareOrdinal(_html, inside, ">", 0, 1) == 0)
        {
            _position = inside + 1;
        }
        else if (string.CompareOrdinal(_html, inside, "->", 0, 2) == 0)
        {
            _position = inside + 2;
        }
        else
        {
            var plain = _html.IndexOf("-->", inside, StringComparison.Ordinal);
            var bang = _html.IndexOf("--!>", inside, (plain < 0 ? _html.Length : plain) - inside, StringComparison.Ordinal);
            _position = (plain, bang) switch
            {
                ( < 0, < 0) => _html.Length,
                ( < 0, _) => bang + 4,
                (_, < 0) => plain + 3,
                _ => plain < bang ? plain + 3 : bang + 4,
            };
        }
    }

    private void SkipPast(string mark, int from)
    {
        var found = from > _html.Length ? -1 : _html.IndexOf(mark, from, StringComparison.Ordinal);
        _position = found < 0 ? _html.Length : found + mark.Length;
    }

    // Content up to the end tag of the same name, which is left to be read; none of it is ever shown.
    private void SkipRawText(string name)
    {
        while (_position < _html.Length)
        {
            var end = _html.IndexOf("</" + name, _position, StringComparison.OrdinalIgnoreCase);
            if (end < 0 || name == "plaintext")
            {
                _position = _html.Length;
                return;
            }

            _position = end;
            if (Peek(2 + name.Length) is '>' or '/' || IsSpace(Peek(2 + name.Length)))
                return;
            _position = end + 2;
        }
    }

    private HtmlToken? ReadTag(HtmlTokenKind kind)
    {
        var start = _position;
        while (_position < _html.Length && !IsSpace(Peek()) && Peek() is not ('/' or '>'))
            _position++;
        var name = Lower(_html[start.._position]);
        var attributes = new List<KeyValuePair<string, string>>();
        while (_position < _html.Length)
        {
            if (IsSpace(Peek()) || Peek() == '/')
            {
                _position++;
            }
            else if (Peek() == '>')
            {
                _position++;
                return new HtmlToken(kind, name, attributes);
            }
            else
            {
                var attribute = ReadAttribute();
                if (attributes.Count < MaximumAttributes && !attributes.Exists(known => known.Key == attribute.Key))
                    attributes.Add(attribute);
            }
        }

        return null;
    }

    private KeyValuePair<string, string> ReadAttribute()
    {
        var start = _position;
        // An '=' in first place belongs to the name.
        _position++;
        while (_position < _html.Length && !IsSpace(Peek()) && Peek() is not ('/' or '>' or '='))
            _position++;
        var name = Lower(_html[start.._position]);
        SkipSpace();
        if (Peek() != '=')
            return new(name, "");
        _position++;
        SkipSpace();
        return new(name, HtmlCharacterReferences.Decode(ReadValue()));
    }

    private string ReadValue()
    {
        var quote = Peek();
        if (quote is '"' or '\'')
        {
            var start = ++_position;
            var end = EndOf(_html.IndexOf(quote, start));
            _position = Math.Min(end + 1, _html.Length);
            return _html[start..end];
        }

        var first = _position;
        while (_position < _html.Length && !IsSpace(Peek()) && Peek() != '>')
            _position++;
        return _html[first.._position];
    }

    private void SkipSpace()
    {
        while (_position < _html.Length && IsSpace(Peek()))
            _position++;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\f';

    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "HTML names are lower case.")]
    private static string Lower(string name) => name.Replace('\0', '\uFFFD').ToLowerInvariant();
}

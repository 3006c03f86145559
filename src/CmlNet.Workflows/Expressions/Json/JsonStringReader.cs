using System.Globalization;
using System.Text;

namespace CmlNet.Workflows.Expressions.Json;

/// <summary>A string of <see cref="LenientJsonReader"/>, in single or double quotes; it may hold line ends.</summary>
internal sealed class JsonStringReader(string json, int start, Func<string, ExpressionException> failure)
{
    /// <param name="at">The place after the closing quote, or of what is wrong.</param>
    public string Read(out int at)
    {
        char quote = json[start];
        var text = new StringBuilder();
        for (at = start + 1; at < json.Length; at++)
        {
            char c = json[at];
            if (c == quote)
            {
                at++;
                return text.ToString();
            }

            if (c != '\\')
                text.Append(c);
            else if (++at < json.Length)
                text.Append(ReadEscape(json[at], ref at));
        }

        at = json.Length;
        throw failure($"Unterminated string. Expected delimiter: {quote}.");
    }

    private char ReadEscape(char c, ref int at)
    {
        switch (c)
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'b': return '\b';
            case 'f': return '\f';
            case '"' or '\'' or '\\' or '/': return c;
            case 'u' when at + 4 < json.Length && ushort.TryParse(json.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                at += 4;
                return (char)code;
            default:
                at++;
                throw failure($"Bad JSON escape sequence: \\{c}.");
        }
    }
}

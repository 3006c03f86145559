using System.Globalization;
using System.Text;
using Markdig.Helpers;

namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>
/// Decodes <c>&amp;amp;</c>, <c>&amp;#60;</c> and <c>&amp;#x3c</c> as a browser does. A reference that is not recognised stays
/// as it is; being escaped again on output, it can then mean nothing.
/// </summary>
internal static class HtmlCharacterReferences
{
    // Named references that browsers accept without their semicolon; the other hundred are accented letters.
    private static readonly string[] Unterminated = ["amp", "lt", "gt", "quot", "nbsp", "copy", "reg", "AMP", "LT", "GT", "QUOT"];

    // What the numbers 0x80 to 0x9F mean in HTML: the Windows-1252 characters.
    private const string WindowsC1 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    public static string Decode(string text)
    {
        var ampersand = text.IndexOf('&', StringComparison.Ordinal);
        if (ampersand < 0)
            return text;
        var output = new StringBuilder(text.Length);
        var position = 0;
        while (ampersand >= 0)
        {
            output.Append(text, position, ampersand - position);
            position = ampersand + Read(text, ampersand, output);
            ampersand = text.IndexOf('&', position);
        }

        return output.Append(text, position, text.Length - position).ToString();
    }

    // Appends what the reference at start means and returns its length.
    private static int Read(string text, int start, StringBuilder output)
    {
        var length = start + 1 < text.Length && text[start + 1] == '#' ? ReadNumber(text, start, output) : ReadName(text, start, output);
        if (length > 0)
            return length;
        output.Append('&');
        return 1;
    }

    private static int ReadNumber(string text, int start, StringBuilder output)
    {
        var position = start + 2;
        var hexadecimal = position < text.Length && text[position] is 'x' or 'X';
        if (hexadecimal)
            position++;
        var digits = position;
        long code = 0;
        for (; position < text.Length; position++)
        {
            var digit = text[position];
            if (!(hexadecimal ? char.IsAsciiHexDigit(digit) : char.IsAsciiDigit(digit)))
                break;
            code = Math.Min(0x110000, (code * (hexadecimal ? 16 : 10)) + int.Parse(text.AsSpan(position, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }

        if (position == digits)
            return 0;
        if (position < text.Length && text[position] == ';')
            position++;
        Append((int)code, output);
        return position - start;
    }

    private static void Append(int code, StringBuilder output)
    {
        if (code is >= 0x80 and <= 0x9F)
            output.Append(WindowsC1[code - 0x80]);
        else if (code is 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
            output.Append('\uFFFD');
        else
            output.Append(char.ConvertFromUtf32(code));
    }

    private static int ReadName(string text, int start, StringBuilder output)
    {
        var position = start + 1;
        while (position < text.Length && position - start < 40 && char.IsAsciiLetterOrDigit(text[position]))
            position++;
        if (position < text.Length && text[position] == ';' && EntityHelper.DecodeEntity(text.AsSpan(start + 1, position - start - 1)) is { } known)
        {
            output.Append(known);
            return position + 1 - start;
        }

        foreach (var name in Unterminated)
        {
            // `&copy=` in an address is a parameter, not a sign; so a name must end here to count.
            if (position - start - 1 == name.Length && string.CompareOrdinal(text, start + 1, name, 0, name.Length) == 0
                && !(position < text.Length && text[position] == '='))
            {
                output.Append(EntityHelper.DecodeEntity(name));
                return name.Length + 1;
            }
        }

        return 0;
    }
}

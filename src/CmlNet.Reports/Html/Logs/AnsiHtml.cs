using System.Globalization;
using System.Text;

namespace CmlNet.Reports.Html.Logs;

/// <summary>
/// Terminal output → HTML, one line at a time: colours and weights become spans, every other escape sequence goes, and what is
/// left is encoded with control characters made visible. The style carries over to the next line, as on a terminal.
/// </summary>
internal sealed class AnsiHtml
{
    // What a screen would show of longer lines is of use to nobody.
    private const int MaximumLine = 10_000;

    private AnsiStyle _style;

    /// <summary>HTML for one line, without its line end. Spans are closed within it.</summary>
    public string Line(string line)
    {
        var text = AfterCarriageReturn(line);
        var omitted = text.Length - MaximumLine;
        if (omitted > 0)
            text = text[..MaximumLine];
        var output = new StringBuilder(text.Length + 16);
        var run = new StringBuilder();
        var position = 0;
        while (position < text.Length)
        {
            if (text[position] is '\u001B' or '\u009B')
            {
                Flush(run, output);
                position = ReadEscape(text, position);
            }
            else
            {
                run.Append(text[position++]);
            }
        }

        Flush(run, output);
        if (omitted > 0)
            output.Append(CultureInfo.InvariantCulture, $"<span class=\"cut\"> … {omitted} more characters</span>");
        return output.ToString();
    }

    /// <summary>The visible text of a line: every escape sequence removed.</summary>
    public static string Strip(string line)
    {
        var ansi = new AnsiHtml();
        var output = new StringBuilder(line.Length);
        for (var position = 0; position < line.Length;)
        {
            if (line[position] is '\u001B' or '\u009B')
                position = ansi.ReadEscape(line, position);
            else
                output.Append(line[position++]);
        }

        return output.ToString();
    }

    // A progress bar overwrites its line; the last state is the one that stayed on the screen.
    private static string AfterCarriageReturn(string line)
    {
        var trimmed = line.TrimEnd('\r');
        return trimmed[(trimmed.LastIndexOf('\r') + 1)..];
    }

    private void Flush(StringBuilder run, StringBuilder output)
    {
        if (run.Length == 0)
            return;
        var text = HtmlEncoding.Label(run.ToString());
        run.Clear();
        if (_style.IsPlain)
        {
            output.Append(text);
            return;
        }

        _style.WriteOpen(output);
        output.Append(text).Append("</span>");
    }

    // Returns the position after the sequence that starts here.
    private int ReadEscape(string text, int start)
    {
        if (text[start] == '\u009B')
            return ReadControlSequence(text, start + 1);
        if (start + 1 >= text.Length)
            return text.Length;
        return text[start + 1] switch
        {
            '[' => ReadControlSequence(text, start + 2),
            // Operating system commands and other strings: to BEL or ESC \, or to the end of the line.
            ']' or 'P' or 'X' or '^' or '_' => EndOfString(text, start + 2),
            >= ' ' and <= '/' => Math.Min(start + 3, text.Length),
            _ => start + 2,
        };
    }

    private static int EndOfString(string text, int position)
    {
        for (; position < text.Length; position++)
        {
            if (text[position] is '\u0007' or '\u009C')
                return position + 1;
            if (text[position] == '\u001B')
                return position + 1 < text.Length && text[position + 1] == '\\' ? position + 2 : position;
        }

        return position;
    }

    private int ReadControlSequence(string text, int start)
    {
        var end = start;
        while (end < text.Length && text[end] is >= ' ' and <= '?')
            end++;
        if (end >= text.Length)
            return end;
        if (text[end] == 'm')
            _style = _style.After(Codes(text.AsSpan(start, end - start)));
        // An unfinished sequence ends before whatever is not part of one.
        return text[end] is >= '@' and <= '~' ? end + 1 : end;
    }

    private static int[] Codes(ReadOnlySpan<char> parameters)
    {
        var codes = new List<int>();
        foreach (var range in parameters.SplitAny(';', ':'))
        {
            var part = parameters[range];
            codes.Add(part.IsEmpty ? 0 : int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : -1);
        }

        return [.. codes];
    }
}

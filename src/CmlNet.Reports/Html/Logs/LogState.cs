using System.Globalization;
using System.Text;

namespace CmlNet.Reports.Html.Logs;

/// <summary>Writes log lines one after another, keeping count of lines and open groups.</summary>
internal sealed class LogState(StringBuilder output)
{
    // Commands that a runner writes at the start of a line, with the class and the word that show them.
    private static readonly (string Prefix, string Class, string Word)[] Marks =
    [
        ("##[error]", "error", "Error: "),
        ("##[warning]", "warning", "Warning: "),
        ("##[notice]", "notice", "Notice: "),
        ("##[debug]", "debug", ""),
        ("##[command]", "command", ""),
        ("[command]", "command", ""),
        ("##[section]", "section", ""),
    ];

    private const int MaximumGroups = 20;
    private readonly AnsiHtml _ansi = new();
    private int _number;
    private int _groups;

    public void Skip(int lines) => _number += lines;

    public void Lines(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            Line(text[start..(end < 0 ? text.Length : end)]);
            start = end < 0 ? text.Length : end + 1;
        }
    }

    public void CloseGroups()
    {
        for (; _groups > 0; _groups--)
            output.Append("</details>\n");
    }

    private void Line(string line)
    {
        _number++;
        if (After(line, "##[group]") is { } title)
        {
            OpenGroup(title);
        }
        else if (After(line, "##[endgroup]") is not null)
        {
            if (_groups > 0)
            {
                _groups--;
                output.Append("</details>\n");
            }
        }
        else
        {
            PlainLine(line);
        }
    }

    private void OpenGroup(string title)
    {
        var number = _number.ToString(CultureInfo.InvariantCulture);
        if (_groups >= MaximumGroups)
        {
            output.Append("<div class=\"l\" data-n=\"").Append(number).Append("\">").Append(_ansi.Line(title)).Append("</div>\n");
            return;
        }

        _groups++;
        output.Append("<details class=\"group\"><summary class=\"l\" data-n=\"").Append(number).Append("\">")
            .Append(HtmlEncoding.Label(AnsiHtml.Strip(title).TrimEnd('\r'))).Append("</summary>\n");
    }

    private void PlainLine(string line)
    {
        foreach (var (prefix, look, word) in Marks)
        {
            if (After(line, prefix) is not { } rest)
                continue;
            output.Append("<div class=\"l ").Append(look).Append("\" data-n=\"").Append(_number.ToString(CultureInfo.InvariantCulture)).Append("\">")
                .Append(word.Length == 0 ? "" : $"<b>{word}</b>").Append(_ansi.Line(rest)).Append("</div>\n");
            return;
        }

        output.Append("<div class=\"l\" data-n=\"").Append(_number.ToString(CultureInfo.InvariantCulture)).Append("\">").Append(_ansi.Line(line)).Append("</div>\n");
    }

    private static string? After(string line, string prefix) =>
        line.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? line[prefix.Length..] : null;
}

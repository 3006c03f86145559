using System.Globalization;
using System.Text;

namespace CmlNet.Reports.Html.Logs;

/// <summary>
/// A step's log → numbered HTML lines: groups fold, errors and warnings stand out, and the middle of a huge log is left out
/// with a note of where the rest is.
/// </summary>
internal static class LogHtml
{
    /// <summary>UTF-16 units shown of one log; half from its start and half from its end when it is longer.</summary>
    public const int MaximumLength = 1_000_000;

    /// <param name="log">The text of the log, any line ends.</param>
    /// <param name="path">Where the whole log is, relative to the page; null when it is nowhere.</param>
    /// <param name="maximumLength">Limit in UTF-16 units.</param>
    public static string Render(string log, string? path, int maximumLength = MaximumLength)
    {
        var output = new StringBuilder(log.Length + (log.Length / 2) + 64);
        var state = new LogState(output);
        if (log.Length <= maximumLength)
        {
            state.Lines(log);
        }
        else
        {
            var head = EndOfLine(log, maximumLength / 2);
            var tail = EndOfLine(log, log.Length - (maximumLength / 2));
            state.Lines(log[..head]);
            state.CloseGroups();
            Omit(state, log.AsSpan(head, tail - head), path, output);
            state.Lines(log[tail..]);
        }

        state.CloseGroups();
        return output.ToString();
    }

    private static int EndOfLine(string log, int from)
    {
        var end = log.IndexOf('\n', from);
        return end < 0 ? from : end + 1;
    }

    private static void Omit(LogState state, ReadOnlySpan<char> omitted, string? path, StringBuilder output)
    {
        var lines = omitted.Count('\n');
        state.Skip(lines);
        output.Append("<p class=\"omitted\">").Append(lines.ToString("N0", CultureInfo.InvariantCulture)).Append(" lines left out here");
        if (path is not null)
        {
            var label = HtmlEncoding.Label(path);
            var link = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
            output.Append("; the whole log is <a href=\"").Append(link).Append("\">").Append(label).Append("</a>");
        }

        output.Append("</p>\n");
    }
}

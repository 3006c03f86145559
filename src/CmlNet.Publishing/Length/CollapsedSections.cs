using System.Net;
using CmlNet.Publishing.Markdown;
using Markdig.Syntax;

namespace CmlNet.Publishing.Length;

/// <summary><c>&lt;details&gt;</c> at the top level of a report: what its author thought a reader can do without at first sight.</summary>
internal static class CollapsedSections
{
    private const string Open = "<details";
    private const string Close = "</details>";
    private const int LongestSummary = 200;

    public static bool AreIn(string markdown) => Find(markdown).Count > 0;

    /// <summary>Cuts the contents of sections until the report fits or none is left: the last first, those shown open after all others.</summary>
    /// <param name="markdown">The report.</param>
    /// <param name="budget">Bytes it may have.</param>
    /// <param name="whole">Where readers find all of it; null where they do not.</param>
    public static string Cut(string markdown, int budget, string? whole = null)
    {
        string words = whole is null ? "_Left out: the report is longer than a comment may be._" : $"_Left out: the report is longer than a comment may be. [All of it]({TargetWriter.Write(whole, TargetSyntax.Markdown)})_";
        IReadOnlyList<Section> sections = Find(markdown);
        int excess = ReportSplitter.Bytes(markdown) - budget;
        var cut = new List<Section>();
        foreach (Section section in sections.OrderBy(s => s.IsOpen).ThenByDescending(s => s.Start))
        {
            if (excess <= 0)
                break;
            int saved = ReportSplitter.Bytes(markdown[section.Start..section.End]) - ReportSplitter.Bytes(section.Stub(words));
            if (saved <= 0)
                continue;
            excess -= saved;
            cut.Add(section);
        }

        foreach (Section section in cut.OrderByDescending(s => s.Start))
            markdown = string.Concat(markdown.AsSpan(0, section.Start), section.Stub(words), markdown.AsSpan(section.End));
        return markdown;
    }

    private static List<Section> Find(string markdown)
    {
        var sections = new List<Section>();
        int start = -1;
        int depth = 0;
        foreach (ReportUnit unit in ReportUnits.Of(markdown).Where(u => u.Block is HtmlBlock))
        {
            for (int at = 0; at < unit.Text.Length; at++)
            {
                if (IsAt(unit.Text, at, Open))
                {
                    if (depth++ == 0)
                        start = unit.Start + at;
                }
                else if (depth > 0 && IsAt(unit.Text, at, Close) && --depth == 0)
                {
                    int end = unit.Start + at + Close.Length;
                    sections.Add(new Section(start, end, markdown[start..end]));
                }
            }
        }

        return sections;
    }

    private static bool IsAt(string text, int at, string tag) => string.Compare(text, at, tag, 0, tag.Length, StringComparison.OrdinalIgnoreCase) == 0;

    private sealed record Section(int Start, int End, string Text)
    {
        public bool IsOpen { get; } = Text[..Math.Max(Text.IndexOf('>', StringComparison.Ordinal), 0)].Contains(" open", StringComparison.OrdinalIgnoreCase);

        public string Stub(string words) => $"<details>\n<summary>{Summary(Text)}</summary>\n\n{words}\n\n</details>\n";

        /// <summary>The summary's words without their markup, which might be cut in two.</summary>
        private static string Summary(string text)
        {
            int start = text.IndexOf("<summary>", StringComparison.OrdinalIgnoreCase);
            int end = text.IndexOf("</summary>", StringComparison.OrdinalIgnoreCase);
            if (start < 0 || end < start)
                return "Details";
            var words = new System.Text.StringBuilder();
            int depth = 0;
            foreach (char c in WebUtility.HtmlDecode(text[(start + "<summary>".Length)..end]).ReplaceLineEndings(" "))
            {
                depth += c == '<' ? 1 : 0;
                if (depth == 0 && words.Length < LongestSummary && !char.IsSurrogate(c))
                    words.Append(c);
                depth -= c == '>' && depth > 0 ? 1 : 0;
            }

            return WebUtility.HtmlEncode(words.ToString().Trim());
        }
    }
}

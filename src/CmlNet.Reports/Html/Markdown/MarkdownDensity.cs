namespace CmlNet.Reports.Html.Markdown;

/// <summary>
/// Tells texts made to keep a Markdown parser busy. Matching emphasis, links and table cells takes time that grows with the
/// square of how many stand in one block; no report comes near these numbers.
/// </summary>
internal static class MarkdownDensity
{
    private const int MaximumDelimiters = 8_000;
    private const int MaximumCells = 60_000;

    // An address that becomes a link by itself costs about as much as this many delimiters.
    private const int AddressWeight = 4;

    public static bool IsExcessive(string markdown)
    {
        var delimiters = 0;
        var cells = 0;
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                delimiters = cells = 0;
                continue;
            }

            cells += line.Count('|');
            delimiters += line.Count('*') + line.Count('_') + line.Count('~') + line.Count('[') + line.Count('`') + line.Count('<')
                + (AddressWeight * (line.Count("www.") + line.Count("http") + line.Count("ftp:") + line.Count("mailto:")));
            if (delimiters > MaximumDelimiters || cells > MaximumCells)
                return true;
        }

        return false;
    }
}

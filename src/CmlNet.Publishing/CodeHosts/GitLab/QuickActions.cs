using System.Text;
using System.Text.RegularExpressions;
using CmlNet.Publishing.Markdown;

namespace CmlNet.Publishing.CodeHosts.GitLab;

/// <summary>
/// Keeps a report from giving orders. GitLab takes a line such as <c>/close</c> or <c>/merge</c> for one, and follows it with the
/// token's rights, whoever wrote the line; with a backslash before the slash it is text, and looks the same.
/// </summary>
internal static partial class QuickActions
{
    /// <summary>In code nothing is an order, and a backslash would show; but GitLab's search for orders knows of this kind of code block only.</summary>
    private const string PlainFence = "```";

    public static string Disarm(string markdown)
    {
        if (!Order().IsMatch(markdown))
            return markdown;
        markdown = CodeFence.Close(markdown);
        var text = new StringBuilder(markdown.Length + 16);
        string? fence = null;
        bool isCode = false;
        foreach (string line in Lines().Matches(markdown).Select(m => m.Value))
        {
            string? before = fence;
            fence = CodeFence.After(line.AsSpan().TrimEnd("\r\n"), fence);
            if (before is null)
                isCode = fence == PlainFence && line[0] == PlainFence[0];
            Match order = isCode && before is not null ? Match.Empty : Order().Match(line);
            if (order.Success)
                text.Append(line, 0, order.Groups["indent"].Length).Append('\\').Append(line, order.Groups["indent"].Length, line.Length - order.Groups["indent"].Length);
            else
                text.Append(line);
        }

        return text.ToString();
    }

    [GeneratedRegex("^(?<indent>[ \\t]*)/[A-Za-z]", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Order();

    [GeneratedRegex("[^\\n]*\\n|[^\\n]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Lines();
}

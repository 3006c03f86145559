using System.Text;
using System.Text.RegularExpressions;

namespace CmlNet.Publishing.CodeHosts.GitLab;

/// <summary>
/// Keeps a report from giving orders. GitLab takes a line such as <c>/close</c> or <c>/merge</c> for one, and follows it with the
/// token's rights, whoever wrote the line; with a backslash before the slash it is text, and looks the same.
/// </summary>
internal static partial class QuickActions
{
    public static string Disarm(string markdown)
    {
        if (!Order().IsMatch(markdown))
            return markdown;
        var text = new StringBuilder(markdown.Length + 16);
        string? fence = null;
        foreach (string line in Lines().Matches(markdown).Select(m => m.Value))
        {
            bool isInside = fence is not null;
            fence = FenceAfter(line, fence);
            Match order = isInside ? Match.Empty : Order().Match(line);
            if (order.Success)
                text.Append(line, 0, order.Groups["indent"].Length).Append('\\').Append(line, order.Groups["indent"].Length, line.Length - order.Groups["indent"].Length);
            else
                text.Append(line);
        }

        return text.ToString();
    }

    /// <summary>The fence that the next line is behind; within code nothing is an order, and a backslash would show.</summary>
    private static string? FenceAfter(string line, string? fence)
    {
        Match mark = Fence().Match(line);
        if (!mark.Success)
            return fence;
        string found = mark.Groups["fence"].Value;
        if (fence is null)
            return found;
        bool isEnd = found[0] == fence[0] && found.Length >= fence.Length && string.IsNullOrWhiteSpace(mark.Groups["rest"].Value);
        return isEnd ? null : fence;
    }

    [GeneratedRegex("^(?<indent>[ \\t]*)/[A-Za-z]", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Order();

    [GeneratedRegex("^ {0,3}(?<fence>`{3,}|~{3,})(?<rest>[^\\r\\n]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Fence();

    [GeneratedRegex("[^\\n]*\\n|[^\\n]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Lines();
}

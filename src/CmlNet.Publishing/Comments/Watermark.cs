using System.Text;

namespace CmlNet.Publishing.Comments;

/// <summary>The mark at the end of a comment by which a later run finds the comment again: CML's, to the letter.</summary>
/// <remarks><c>![](https://cml.dev/watermark.png#&lt;sha&gt; "CML watermark &lt;label&gt;")</c>. Tools that follow CML's comments read it.</remarks>
public static class Watermark
{
    internal const string Prefix = "![](https://cml.dev/watermark.png#";
    private const string Name = "CML watermark";
    private const string Escaped = "_*[<";

    /// <summary>The mark.</summary>
    /// <param name="label">Tells several comments of one pull request apart; empty for none.</param>
    /// <param name="sha">The commit the report is about; without one, zeros.</param>
    public static string Render(string label, string? sha)
    {
        string title = Title(label);
        var escaped = new StringBuilder();
        foreach (char c in title)
        {
            // CML leaves a quote as it is, which ends the title and so the mark.
            if (Escaped.Contains(c, StringComparison.Ordinal) || c == '"')
                escaped.Append('\\');
            escaped.Append(c);
        }

        return $"{Prefix}{(string.IsNullOrEmpty(sha) ? new string('0', 40) : sha)} \"{escaped}\")";
    }

    /// <summary>Puts the workflow's name and the run's number in, each in the first of its places only.</summary>
    /// <param name="label">May hold <c>{workflow}</c> and <c>{run}</c>.</param>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="run">The run's number.</param>
    public static string FillLabel(string label, string? workflow, string? run)
    {
        ArgumentNullException.ThrowIfNull(label);
        return ReplaceFirst(ReplaceFirst(label, "{workflow}", workflow ?? ""), "{run}", run ?? "");
    }

    /// <summary>
    /// Whether a comment carries the mark with this label, whatever its sha. The mark has to start a line, so that quoting a
    /// comment does not make one; characters of the label match with and without a backslash.
    /// </summary>
    /// <param name="body">The comment's Markdown.</param>
    /// <param name="label">The label, without escapes.</param>
    public static bool IsIn(string body, string label)
    {
        ArgumentNullException.ThrowIfNull(body);
        string title = Title(label);
        for (int at = body.IndexOf(Prefix, StringComparison.Ordinal); at >= 0; at = body.IndexOf(Prefix, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || body[at - 1] is '\n' or '\r') && IsAt(body, at + Prefix.Length, title))
                return true;
        }

        return false;
    }

    /// <summary>The report without the mark that ends it, which is for the next update and not for a reader.</summary>
    /// <param name="body">The comment's Markdown.</param>
    public static string Strip(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        int at = body.LastIndexOf("\n" + Prefix, StringComparison.Ordinal);
        bool isAll = at < 0 && body.StartsWith(Prefix, StringComparison.Ordinal);
        return isAll ? "" : (at < 0 ? body : body[..at]).TrimEnd();
    }

    private static bool IsAt(string body, int at, string title)
    {
        int sha = at;
        while (at < body.Length && char.IsAsciiHexDigit(body[at]))
            at++;
        if (at == sha || string.CompareOrdinal(body, at, " \"", 0, 2) != 0)
            return false;
        at += 2;
        foreach (char c in title)
        {
            if (at + 1 < body.Length && body[at] == '\\' && body[at + 1] == c && (Escaped.Contains(c, StringComparison.Ordinal) || c == '"'))
                at++;
            if (at >= body.Length || body[at] != c)
                return false;
            at++;
        }

        return string.CompareOrdinal(body, at, "\")", 0, 2) == 0;
    }

    private static string Title(string label)
    {
        string oneLine = new string([.. (label ?? "").Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        return oneLine.Length == 0 ? Name : $"{Name} {oneLine}";
    }

    private static string ReplaceFirst(string text, string placeholder, string value)
    {
        int at = text.IndexOf(placeholder, StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), value, text.AsSpan(at + placeholder.Length));
    }
}

using System.Globalization;
using System.Text;

namespace CmlNet.Reports.Markdown;

/// <summary>
/// Text that came from a job, made fit for GitHub Markdown: it can neither format, link, notify a person, start a formula nor leave its table cell.
/// An invisible U+200B written as <c>&amp;#8203;</c> keeps mentions, references and addresses from being linked; a backslash does not, since
/// GitHub links them after Markdown has been rendered.
/// </summary>
internal static class MarkdownText
{
    private const int LongestText = 300;
    private const string Break = "&#8203;";

    /// <summary>One line, at most 300 characters.</summary>
    public static string Escape(string text)
    {
        var built = new StringBuilder(text.Length + 16);
        int taken = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (taken++ == LongestText)
                return built.Append('…').ToString();
            i += Append(built, text, i);
        }

        return built.ToString().Trim();
    }

    /// <summary>For an attribute in double quotes inside an HTML block: one line, no markup, no blank line that would end the block.</summary>
    public static string Attribute(string text)
    {
        var built = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            built.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ when IsSpace(rune) => " ",
                _ when IsHidden(rune) => Named(rune),
                _ => rune.ToString(),
            });
        }

        return built.ToString();
    }

    // Writes the character at i; returns how many more characters than one it used up.
    private static int Append(StringBuilder built, string text, int i)
    {
        if (!Rune.TryGetRuneAt(text, i, out Rune rune))
        {
            built.Append('\uFFFD');
            return 0;
        }

        if (IsSpace(rune))
            built.Append(' ');
        else if (IsHidden(rune))
            built.Append(Named(rune));
        else
            AppendVisible(built, text, i, rune);
        return rune.Utf16SequenceLength - 1;
    }

    private static void AppendVisible(StringBuilder built, string text, int i, Rune rune)
    {
        char before = i > 0 ? text[i - 1] : ' ', after = i + 1 < text.Length ? text[i + 1] : ' ';
        switch (rune.Value)
        {
            case '&': built.Append("&amp;"); break;
            case '<': built.Append("&lt;"); break;
            case '>': built.Append("&gt;"); break;
            // The span is GitHub's own advice for a dollar sign outside a formula; the entity is for renderers that look at the source instead.
            case '$': built.Append("<span>&#36;</span>"); break;
            case '\\' or '`' or '*' or '[' or ']' or '|' or '~' or '{' or '}' or '!': built.Append('\\').Append((char)rune.Value); break;
            case '_' when !char.IsLetterOrDigit(before) || !char.IsLetterOrDigit(after): built.Append("\\_"); break;
            case '@': built.Append('@').Append(Break); break;
            case '#' when i == 0 || !char.IsLetterOrDigit(after): built.Append("\\#").Append(char.IsLetterOrDigit(after) ? Break : ""); break;
            case '#': built.Append('#').Append(Break); break;
            case '+' or '-' or '=' or ':' when i == 0 && after is ' ' or '-' or '=' or '+': built.Append('\\').Append((char)rune.Value); break;
            case '-' when char.IsAsciiDigit(after) && EndsWith(text, i, "GH"): built.Append('-').Append(Break); break;
            case ':' when after == '/': built.Append(':').Append(Break); break;
            case '.' when EndsWith(text, i, "www"): built.Append('.').Append(Break); break;
            case '.' or ')' when i is > 0 and < 10 && after == ' ' && text.AsSpan(0, i).IndexOfAnyExceptInRange('0', '9') < 0: built.Append('\\').Append((char)rune.Value); break;
            default: built.Append(rune.ToString()); break;
        }
    }

    private static bool EndsWith(string text, int end, string word) =>
        end >= word.Length && text.AsSpan(end - word.Length, word.Length).Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool IsSpace(Rune rune) => rune.Value is '\n' or '\r' or '\t' or 0x0B or 0x0C or 0x85 or 0x2028 or 0x2029;

    // Controls, and characters that reorder or hide what stands around them.
    private static bool IsHidden(Rune rune) =>
        rune.Value is < 0x20 or (>= 0x7F and < 0xA0) or 0xAD or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0xFEFF or 0xFFFE or 0xFFFF;

    private static string Named(Rune rune) => rune.Value is 0x200D or 0xFE0F ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
}

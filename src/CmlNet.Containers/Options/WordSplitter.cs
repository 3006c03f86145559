using System.Text;

namespace CmlNet.Containers.Options;

/// <summary>Splits text into words as a POSIX shell does, with quotes and backslashes and nothing else: no variables, no globs.</summary>
internal static class WordSplitter
{
    /// <summary>Throws <see cref="FormatException"/> when a quote is not closed or a backslash ends the text.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var hasWord = false;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote == '\'')
            {
                if (c == quote)
                    quote = '\0';
                else
                    word.Append(c);
            }
            else if (c == '\\' && (quote == '\0' || (i + 1 < text.Length && text[i + 1] is '"' or '\\' or '$' or '`' or '\n')))
            {
                if (++i == text.Length)
                    throw new FormatException("it ends with a backslash");
                // A backslash before a line's end joins the lines.
                if (text[i] != '\n')
                    word.Append(text[i]);
                hasWord |= text[i] != '\n';
            }
            else if (quote == '"')
            {
                if (c == quote)
                    quote = '\0';
                else
                    word.Append(c);
            }
            else if (c is '\'' or '"')
            {
                quote = c;
                hasWord = true;
            }
            else if (c is ' ' or '\t' or '\n' or '\r')
            {
                if (hasWord)
                    words.Add(word.ToString());
                word.Clear();
                hasWord = false;
            }
            else
            {
                word.Append(c);
                hasWord = true;
            }
        }

        if (quote != '\0')
            throw new FormatException($"a {quote} is not closed");
        if (hasWord)
            words.Add(word.ToString());
        return words;
    }
}

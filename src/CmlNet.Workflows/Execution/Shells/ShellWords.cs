using System.Text;

namespace CmlNet.Workflows.Execution.Shells;

/// <summary>Splits an argument string as the runner's process start does: at blanks, double quotes group, a backslash escapes only a double quote.</summary>
/// <remarks>Single quotes are ordinary characters, as there. No variables, no globs: nothing here is a shell.</remarks>
internal static class ShellWords
{
    public static IReadOnlyList<string> Split(string arguments)
    {
        var words = new List<string>();
        int at = 0;
        while (true)
        {
            while (at < arguments.Length && IsBlank(arguments[at]))
                at++;
            if (at >= arguments.Length)
                return words;
            words.Add(ReadWord(arguments, ref at));
        }
    }

    private static string ReadWord(string text, ref int at)
    {
        var word = new StringBuilder();
        bool quoted = false;
        while (at < text.Length)
        {
            int backslashes = CountBackslashes(text, at);
            at += backslashes;
            bool beforeQuote = at < text.Length && text[at] == '"';
            word.Append('\\', beforeQuote ? backslashes / 2 : backslashes);
            if (at >= text.Length)
                break;

            if (!beforeQuote)
            {
                if (!quoted && IsBlank(text[at]))
                    break;
                word.Append(text[at++]);
            }
            else if (backslashes % 2 == 1)
            {
                word.Append('"');
                at++;
            }
            else if (quoted && at + 1 < text.Length && text[at + 1] == '"')
            {
                word.Append('"');
                at += 2;
            }
            else
            {
                quoted = !quoted;
                at++;
            }
        }

        return word.ToString();
    }

    private static int CountBackslashes(string text, int at)
    {
        int count = 0;
        while (at + count < text.Length && text[at + count] == '\\')
            count++;
        return count;
    }

    private static bool IsBlank(char character) => character is ' ' or '\t';
}

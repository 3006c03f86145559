using System.Buffers;
using System.Text;

namespace CmlNet.Workflows.Execution.Masking;

/// <summary>Makes a job's text safe to show in a terminal or a file: a job must not move the cursor, set titles, write the clipboard or hide text.</summary>
public static class ControlText
{
    private const char Escape = '\u001b';

    private static readonly SearchValues<char> ColourParameters = SearchValues.Create("0123456789;:");

    /// <summary>Without any escape sequence or control character, tabs excepted (and line feeds, if the text has lines).</summary>
    public static string Strip(string text) => Clean(text, keepColours: false);

    /// <summary>As <see cref="Strip"/>, but colours (SGR) stay, and are reset at the end if some were left on.</summary>
    public static string Sanitize(string text) => Clean(text, keepColours: true);

    private static string Clean(string text, bool keepColours)
    {
        if (!NeedsCleaning(text))
            return text;

        var clean = new StringBuilder(text.Length);
        bool coloured = false;
        int at = 0;
        while (at < text.Length)
        {
            int length = SequenceLength(text, at);
            if (length == 0)
            {
                if (!IsUnsafe(text[at]))
                    clean.Append(text[at]);
                at++;
                continue;
            }

            ReadOnlySpan<char> sequence = text.AsSpan(at, length);
            if (keepColours && IsColour(sequence))
            {
                clean.Append(sequence);
                coloured = !IsReset(sequence);
            }

            at += length;
        }

        return coloured ? clean.Append("\u001b[0m").ToString() : clean.ToString();
    }

    /// <summary>Whether <see cref="Strip"/> would change anything.</summary>
    internal static bool NeedsCleaning(string text)
    {
        foreach (char character in text)
        {
            if (IsUnsafe(character))
                return true;
        }

        return false;
    }

    /// <summary>C0 and C1 controls and the marks that reorder text (bidirectional overrides); tab and line feed are fine.</summary>
    private static bool IsUnsafe(char character) => character switch
    {
        '\t' or '\n' => false,
        < ' ' or (>= '\u007f' and <= '\u009f') => true,
        (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => true,
        _ => false,
    };

    /// <summary>Length of the escape sequence that starts here (ECMA-48); 0 when none does. An unfinished one reaches to the end of its line.</summary>
    private static int SequenceLength(string text, int at)
    {
        char first = text[at];
        if (first != Escape)
        {
            return first switch
            {
                '\u009b' => ControlSequenceLength(text, at, at + 1),
                '\u0090' or '\u0098' or '\u009d' or '\u009e' or '\u009f' => StringLength(text, at, at + 1),
                _ => 0,
            };
        }

        if (at + 1 >= text.Length)
            return 1;
        switch (text[at + 1])
        {
            case '[':
                return ControlSequenceLength(text, at, at + 2);
            case ']' or 'P' or 'X' or '^' or '_':
                return StringLength(text, at, at + 2);
            default:
                int end = at + 1;
                while (end < text.Length && text[end] is >= ' ' and <= '/')
                    end++;
                return (end < text.Length && text[end] is >= '0' and <= '~' ? end + 1 : end) - at;
        }
    }

    private static int ControlSequenceLength(string text, int start, int at)
    {
        while (at < text.Length && text[at] is >= ' ' and <= '?')
            at++;
        return (at < text.Length && text[at] is >= '@' and <= '~' ? at + 1 : at) - start;
    }

    private static int StringLength(string text, int start, int at)
    {
        for (; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] is '\a' or '\u009c')
                return at + 1 - start;
            if (text[at] == Escape && at + 1 < text.Length && text[at + 1] == '\\')
                return at + 2 - start;
        }

        return at - start;
    }

    private static bool IsColour(ReadOnlySpan<char> sequence) =>
        sequence.Length >= 3 && sequence.StartsWith("\u001b[", StringComparison.Ordinal) && sequence[^1] == 'm'
        && !sequence[2..^1].ContainsAnyExcept(ColourParameters);

    private static bool IsReset(ReadOnlySpan<char> sequence) => !sequence[2..^1].ContainsAnyExcept('0', ';');
}

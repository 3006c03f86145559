using System.Globalization;
using System.Text;

namespace CmlNet.Workflows.Expressions.Functions;

/// <summary>
/// format('{0} and {{braces}}', value…). The whole form is read before any argument is evaluated, and an argument that it does not name never is.
/// </summary>
internal static class FormatFunction
{
    public static ExpressionValue Call(FunctionCall call)
    {
        var arguments = new string?[call.Count - 1];
        var result = new StringBuilder();
        foreach (Part part in Read(ExpressionText.ToText(call.Argument(0)), arguments.Length))
        {
            if (part.Argument is not { } index)
            {
                result.Append(part.Text);
                continue;
            }

            ExpressionValue? value = arguments[index] is null ? call.Argument(index + 1) : null;
            string text = arguments[index] ??= ExpressionText.ToText(value!); // Null only where the text was there already.
            if (part.Text.Length > 0)
                throw Failure($"The format specifiers '{part.Text}' are not valid for objects of type '{value?.Kind ?? ValueKind.String}'");
            call.Memory.AddText(text.Length);
            result.Append(text);
        }

        return call.Text(result.ToString());
    }

    private static List<Part> Read(string format, int argumentCount)
    {
        var parts = new List<Part>();
        var literal = new StringBuilder();
        for (int at = 0; at < format.Length; at++)
        {
            char c = format[at];
            if (c is not ('{' or '}'))
            {
                literal.Append(c);
                continue;
            }

            if (at + 1 < format.Length && format[at + 1] == c)
            {
                literal.Append(c);
                at++;
                continue;
            }

            int index = c == '{' ? ReadIndex(format, ref at) : throw Invalid(format);
            string specifiers = ReadSpecifiers(format, ref at);
            if (index >= argumentCount)
                throw Failure($"The following format string references more arguments than were supplied: {format}");
            parts.Add(new Part(literal.ToString(), null));
            literal.Clear();
            parts.Add(new Part(specifiers, index));
        }

        parts.Add(new Part(literal.ToString(), null));
        return parts;
    }

    /// <summary>The number after a brace, 255 at most; leaves <paramref name="at"/> behind it.</summary>
    private static int ReadIndex(string format, ref int at)
    {
        int start = ++at;
        while (at < format.Length && char.IsAsciiDigit(format[at]))
            at++;
        return byte.TryParse(format.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out byte index) ? index : throw Invalid(format);
    }

    /// <summary>What stands between a colon and the closing brace, which <paramref name="at"/> is left on: GitHub reads it, and knows none.</summary>
    private static string ReadSpecifiers(string format, ref int at)
    {
        var text = new StringBuilder();
        bool hasColon = at < format.Length && format[at] == ':';
        for (at += hasColon ? 1 : 0; at < format.Length; at++)
        {
            if (format[at] == '}')
            {
                if (!hasColon || at + 1 >= format.Length || format[at + 1] != '}')
                    return text.ToString();
                at++;
            }
            else if (!hasColon)
            {
                break;
            }

            text.Append(format[at]);
        }

        throw Invalid(format);
    }

    private static ExpressionException Invalid(string format) => Failure($"The following format string is invalid: {format}");

    private static ExpressionException Failure(string message) => new(ExpressionErrorKind.Evaluation, message);

    /// <summary>Text as it is, or an argument with its specifiers.</summary>
    private readonly record struct Part(string Text, int? Argument);
}

using System.Globalization;
using System.Text;

namespace CmlNet.Workflows.Expressions.Functions;

/// <summary>format('{0} and {{braces}}', value…).</summary>
internal static class FormatFunction
{
    public static ExpressionValue Call(FunctionCall call)
    {
        string format = ExpressionText.ToText(call.Argument(0));
        var arguments = new string?[call.Count - 1];
        var result = new StringBuilder();
        for (int at = 0; at < format.Length; at++)
        {
            char c = format[at];
            bool doubled = at + 1 < format.Length && format[at + 1] == c;
            if (c is '{' or '}' && doubled)
            {
                result.Append(c);
                at++;
            }
            else if (c == '{')
            {
                int index = ReadIndex(format, ref at);
                if (index >= arguments.Length)
                    throw Failure($"The following format string references more arguments than were supplied: {format}");
                string value = arguments[index] ??= ExpressionText.ToText(call.Argument(index + 1));
                call.Memory.AddText(value.Length);
                result.Append(value);
            }
            else if (c == '}')
            {
                throw Invalid(format);
            }
            else
            {
                result.Append(c);
            }
        }

        return call.Text(result.ToString());
    }

    /// <summary>The number between the braces; leaves <paramref name="at"/> on the closing one.</summary>
    private static int ReadIndex(string format, ref int at)
    {
        int end = at + 1;
        while (end < format.Length && char.IsAsciiDigit(format[end]))
            end++;
        if (end == at + 1 || end >= format.Length || format[end] != '}')
            throw Invalid(format);
        bool fits = int.TryParse(format.AsSpan(at + 1, end - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index);
        at = end;
        return fits ? index : int.MaxValue;
    }

    private static ExpressionException Invalid(string format) => Failure($"The following format string is invalid: {format}");

    private static ExpressionException Failure(string message) => new(ExpressionErrorKind.Evaluation, message);
}

using System.Globalization;

namespace CmlNet.Workflows.Expressions.Json;

/// <summary>A number of <see cref="LenientJsonReader"/>: decimal, <c>0x1f</c>, and octal after a leading zero, as GitHub's reader has it.</summary>
internal sealed class JsonNumberReader(string json, int start, Func<string, ExpressionException> failure)
{
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <param name="at">The place after the number, or of what is wrong in it.</param>
    public ExpressionValue Read(out int at)
    {
        at = start;
        while (at < json.Length && (char.IsAsciiHexDigit(json[at]) || json[at] is '-' or '+' or '.' or 'x' or 'X'))
            at++;
        if (at < json.Length && json[at] is not (',' or '}' or ']' or ')' or '/') && !char.IsWhiteSpace(json[at]))
            throw failure($"Unexpected character encountered while parsing number: {json[at]}.");
        string text = json[start..at];
        return (IsOfOtherBase(text) ? Integer(text) : double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out double number) ? number : null) is { } value
            ? ExpressionValue.Of(value)
            : throw failure($"Input string '{text}' is not a valid number.");
    }

    private static bool IsOfOtherBase(string text) => text.Length > 1 && text[0] == '0' && text[1] is not ('.' or 'e' or 'E');

    private static double? Integer(string text)
    {
        try
        {
            return text[1] is 'x' or 'X' ? Convert.ToInt64(text[2..], 16) : Convert.ToInt64(text, 8);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }
}

using System.Buffers;
using System.Globalization;
using CmlNet.Workflows.Expressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CmlNet.Workflows.Model.Yaml;

/// <summary>A scalar's type by the YAML 1.2 core schema: <c>yes</c> and <c>on</c> are strings, <c>0o10</c> is 8, <c>0755</c> is 755.</summary>
internal static class YamlScalar
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> OctalDigits = SearchValues.Create("01234567");

    public static TemplateToken Read(Scalar scalar, SourceLocation location)
    {
        string text = scalar.Value;
        string tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        if (tag == TagPrefix + "str" || (tag.Length == 0 && scalar.Style != ScalarStyle.Plain) || tag == "!")
            return new StringToken(location, text);
        if (tag.Length > 0 && scalar.Style != ScalarStyle.Plain)
            throw Invalid(location, $"The scalar style '{scalar.Style}'", $"not valid with the tag '{tag}'");
        TemplateToken? typed = ReadPlain(text, location);
        if (tag.Length == 0)
            return typed ?? new StringToken(location, text);
        if (tag is not (TagPrefix + "bool" or TagPrefix + "int" or TagPrefix + "float" or TagPrefix + "null"))
            throw new WorkflowException(location, $"Unexpected tag '{tag}'");
        bool fits = (tag[TagPrefix.Length..], typed) is ("bool", BooleanToken) or ("null", NullToken) || (typed is NumberToken && IsTagged(tag[TagPrefix.Length..], text));
        return fits && typed is not null ? typed : throw Invalid(location, $"The value '{text}'", $"invalid for the type '{tag}'");
    }

    /// <summary>An <c>int</c> has digits alone, in any base; a <c>float</c> is decimal.</summary>
    private static bool IsTagged(string kind, string text)
    {
        bool isOtherBase = text is ['0', 'x' or 'o', ..];
        return kind == "float" ? !isOtherBase : kind == "int" && (isOtherBase || !text.AsSpan(text[0] is '-' or '+' ? 1 : 0).ContainsAnyExceptInRange('0', '9'));
    }

    private static WorkflowException Invalid(SourceLocation location, string what, string problem) =>
        new(location, $"{what} on line {location.Line} and column {location.Column} is {problem}");

    private static TemplateToken? ReadPlain(string text, SourceLocation location) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => new NullToken(location),
        "true" or "True" or "TRUE" => new BooleanToken(location, true),
        "false" or "False" or "FALSE" => new BooleanToken(location, false),
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => new NumberToken(location, double.PositiveInfinity),
        "-.inf" or "-.Inf" or "-.INF" => new NumberToken(location, double.NegativeInfinity),
        ".nan" or ".NaN" or ".NAN" => new NumberToken(location, double.NaN),
        _ => ReadNumber(text, location) is { } number ? new NumberToken(location, number) : null,
    };

    private static double? ReadNumber(string text, SourceLocation location)
    {
        if (text is ['0', 'x' or 'o', _, ..])
        {
            if (!text.AsSpan(2).ContainsAnyExcept(text[1] == 'x' ? HexadecimalDigits : OctalDigits))
                return NumberText.Parse(text) is var integer && !double.IsNaN(integer) ? integer : throw Invalid(location, $"The value '{text}'", $"invalid for the type '{TagPrefix}int'");
            return null;
        }

        // [-+]? ( .digits | digits ( . digits? )? ) ( [eE] [-+]? digits )?
        int at = text[0] is '-' or '+' ? 1 : 0;
        int whole = Digits(text, ref at);
        int fraction = 0;
        bool dot = at < text.Length && text[at] == '.';
        if (dot)
        {
            at++;
            fraction = Digits(text, ref at);
        }

        if (whole == 0 && !(dot && fraction > 0))
            return null;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '-' or '+')
                at++;
            if (Digits(text, ref at) == 0)
                return null;
        }

        return at == text.Length && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
    }

    private static int Digits(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at - start;
    }
}

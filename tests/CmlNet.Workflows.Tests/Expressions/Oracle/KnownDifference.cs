using System.Text.RegularExpressions;

namespace CmlNet.Workflows.Tests.Expressions.Oracle;

/// <summary>Where the runner, which is the truth, and the npm package part ways, and why.</summary>
internal sealed partial record KnownDifference(string Reason, Func<string, Answer, Answer, bool> Explains)
{
    /// <summary>Each explains an expression with the package's answer and ours.</summary>
    public static readonly IReadOnlyList<KnownDifference> All =
    [
        new("The package calls end of text a symbol named EOF.", (_, npm, ours) => npm.Text.StartsWith("Unexpected symbol: 'EOF'", StringComparison.Ordinal) && ours.Text.StartsWith("Un", StringComparison.Ordinal)),
        new("The package names a string by its value, the runner by its text in quotes.", (_, npm, ours) => npm.IsError && npm.Text.Replace("'", "", StringComparison.Ordinal) == ours.Text.Replace("'", "", StringComparison.Ordinal)),
        new("The package reads all arguments before it looks for the function.", (_, npm, ours) => npm is { IsError: true, Kind: "Parsing" } && ours.Text.StartsWith("Unrecognized function", StringComparison.Ordinal)),
        new("The package takes a dot after a dot or a literal for a decimal point.", (_, npm, ours) => npm is { IsError: true, Kind: "Lexing" } && npm.Text.StartsWith("Unexpected symbol: '.", StringComparison.Ordinal) && ours.IsError),
        new("The package tells where an expression became too deep.", (_, npm, ours) => ours.Text == "Exceeded max expression depth 50" && npm.Text.StartsWith(ours.Text, StringComparison.Ordinal)),
        new("Every comparison of a chain is a level of the runner's tree.", (expression, npm, ours) => ours.Text == "Exceeded max expression depth 50" && !npm.IsError && expression.StartsWith("1 == 1", StringComparison.Ordinal)),
        new("A chain of one logical operator is one level of the runner's tree.", (expression, npm, ours) => !ours.IsError && npm.Text.StartsWith("Exceeded max expression depth", StringComparison.Ordinal) && expression.StartsWith("(1 && (1", StringComparison.Ordinal)),
        new("The package says a code in place of the message.", (_, npm, ours) => npm.Text == "ErrorExceededMaxLength" && ours.Text == "Exceeded max expression length 21000"),
        new("The package cannot evaluate a blank expression.", (expression, npm, ours) => string.IsNullOrWhiteSpace(expression) && npm.IsError && ours.Kind == "Null"),
        new("The package lets a comma end the arguments.", (expression, npm, ours) => expression.Contains(",)", StringComparison.Ordinal) && npm.Kind != "Lexing" && ours.Text.StartsWith("Unexpected symbol: ')'", StringComparison.Ordinal)),
        new("The package overlooks format specifiers.", (_, npm, ours) => !npm.IsError && ours.Text.StartsWith("The format specifiers", StringComparison.Ordinal)),
        new("The runner counts arguments of format() in a byte.", (expression, npm, ours) => npm.Text.Contains("references more arguments", StringComparison.Ordinal) && ours.Text.Contains("is invalid", StringComparison.Ordinal) && expression.Contains("{256}", StringComparison.Ordinal)),
        new("The runner reads JSON with a reader that forgives more, and says what is wrong.", (expression, npm, ours) => npm.Text is "Error parsing JSON when evaluating fromJson" or "empty input" && expression.Contains("fromJSON", StringComparison.OrdinalIgnoreCase)
            && (!ours.IsError || ours.Text.StartsWith("Error parsing fromJson,", StringComparison.Ordinal))),
        new("The runner writes numbers with 15 digits and no more, and NaN and Infinity as they are.", (expression, _, ours) => !ours.IsError && (LongNumber().IsMatch(expression) || (expression.Contains("toJSON(", StringComparison.Ordinal) && expression.Contains('N', StringComparison.Ordinal)))),
        new("The runner reads 0x and 0o as 32-bit integers, and only in lower case.", (expression, _, _) => OtherBase().IsMatch(expression)),
        new("Of keys that differ in case only the package takes the first value, the runner the last.", (_, npm, ours) => (npm.Text, ours.Text) is ("{\"a\":1}", "{\n  \"a\": 2\n}") || (npm.Text, ours.Text) is (@"""{\n  \""a\"": 1\n}""", @"""{\n  \""a\"": 2\n}""")),
        new("JavaScript trims the byte order mark and compares by full case mapping.", (expression, npm, ours) => (expression.Contains('\uFEFF', StringComparison.Ordinal) || expression.Contains('ß', StringComparison.Ordinal)) && npm.Kind == ours.Kind),
    ];

    private static string Of(string message) => message[..Math.Max(0, message.IndexOf(':', StringComparison.Ordinal))];

    [GeneratedRegex(@"1e15|123456789012345678|1e400|Infinity")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"0xffffffff|0x1ffffffff|0o40000000000|0X10|0O10|0b11")]
    private static partial Regex OtherBase();
}

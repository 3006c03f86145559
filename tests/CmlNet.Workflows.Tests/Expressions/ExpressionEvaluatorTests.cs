using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Json;

namespace CmlNet.Workflows.Tests.Expressions;

public sealed class ExpressionEvaluatorTests
{
    private const string Contexts = """
        {
          "github": {"ref": "refs/heads/main", "Event": {"number": 7, "labels": [{"name": "bug"}, {"name": "ml"}, {"id": 3}]}},
          "env": {"A": "x", "empty": "", "n": "12"},
          "nested": {"a": {"list": [1, 2]}, "b": {"list": [3]}, "c": 4},
          "list": ["a", "B", 3, true, null, [1], {}]
        }
        """;

    internal static ExpressionScope Scope(string contexts = Contexts) => new()
    {
        Contexts = ((ObjectValue)JsonConversion.Parse(contexts)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
    };

    private static string Evaluate(string expression) => JsonConversion.ToJson(ExpressionEvaluator.Evaluate(expression, Scope())).Replace("\n", "").Replace("  ", "");

    [Theory]
    [InlineData("", "null")]
    [InlineData("   ", "null")]
    [InlineData("null", "null")]
    [InlineData("true", "true")]
    [InlineData("'it''s'", "\"it's\"")]
    [InlineData("''''''", "\"''\"")]
    [InlineData("0xff", "255")]
    [InlineData("0xffffffff", "-1")]
    [InlineData("0o17", "15")]
    [InlineData("-1.5e3", "-1500")]
    [InlineData(".5", "0.5")]
    [InlineData("+.5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("-0", "0")]
    [InlineData("Infinity", "Infinity")]
    [InlineData("-Infinity", "-Infinity")]
    [InlineData("NaN", "NaN")]
    [InlineData("1e400", "Infinity")]
    [InlineData("0.1", "0.1")]
    [InlineData("123456789012345678", "1.23456789012346E+17")]
    public void Literal_Evaluates_ToItself(string expression, string json) => Assert.Equal(json, Evaluate(expression));

    [Theory]
    [InlineData("1 == '1'", "true")]
    [InlineData("'A' == 'a'", "true")]
    [InlineData("null == 0", "true")]
    [InlineData("null == ''", "true")]
    [InlineData("true == 1", "true")]
    [InlineData("true == 'true'", "false")]
    [InlineData("false == ''", "true")]
    [InlineData("' 0x10 ' == 16", "true")]
    [InlineData("'infinity' == Infinity", "false")]
    [InlineData("NaN == NaN", "false")]
    [InlineData("NaN != NaN", "true")]
    [InlineData("github == github", "true")]
    [InlineData("nested.a.list == nested.a.list", "true")]
    [InlineData("fromJSON('[]') == fromJSON('[]')", "false")]
    [InlineData("list == 'Array'", "false")]
    [InlineData("'b' > 'A'", "true")]
    [InlineData("'10' < 9", "false")]
    [InlineData("'x' < 9", "false")]
    [InlineData("null >= null", "true")]
    [InlineData("null < null", "false")]
    [InlineData("true > false", "true")]
    [InlineData("list < 1", "false")]
    [InlineData("!'' == true", "true")]
    [InlineData("!(1 == 2)", "true")]
    [InlineData("1 < 2 == true", "true")]
    [InlineData("true || false && false", "true")]
    [InlineData("(true || false) && false", "false")]
    [InlineData("1 == 1 && 'yes' || 'no'", "\"yes\"")]
    [InlineData("'' || 0 || 'last'", "\"last\"")]
    [InlineData("0 && fromJSON('bad')", "0")]
    [InlineData("'a' || fromJSON('bad')", "\"a\"")]
    [InlineData("!!'a'", "true")]
    public void Operators_OnManyValues_FollowGitHub(string expression, string json) => Assert.Equal(json, Evaluate(expression));

    [Theory]
    [InlineData("github.ref", "\"refs/heads/main\"")]
    [InlineData("GITHUB.event.NUMBER", "7")]
    [InlineData("github['event']['number']", "7")]
    [InlineData("github.nope.deeper", "null")]
    [InlineData("github.event.labels.*.name", "[\"bug\",\"ml\"]")]
    [InlineData("github.event.labels[*].name", "[\"bug\",\"ml\"]")]
    [InlineData("nested.*.list", "[[1,2],[3]]")]
    [InlineData("nested.*.list[0]", "[1,3]")]
    [InlineData("nested.*.list.*", "[1,2,3]")]
    [InlineData("env.A.*", "[]")]
    [InlineData("list[0]", "\"a\"")]
    [InlineData("list['1']", "\"B\"")]
    [InlineData("list[1.9]", "\"B\"")]
    [InlineData("list[-1]", "null")]
    [InlineData("list[99]", "null")]
    [InlineData("list[null]", "\"a\"")]
    [InlineData("list['x']", "null")]
    [InlineData("(github.event.labels.*)[1].name", "[]")]
    [InlineData("fromJSON('{\"a\":[1]}').a[0]", "1")]
    public void Index_Finds_OrGivesNull(string expression, string json) => Assert.Equal(json, Evaluate(expression));

    [Theory]
    [InlineData("contains('Hello', 'ELL')", "true")]
    [InlineData("contains(list, 'b')", "true")]
    [InlineData("contains(list, '3')", "true")]
    [InlineData("contains(github.event.labels.*.name, 'ml')", "true")]
    [InlineData("contains(nested, 'a')", "false")]
    [InlineData("contains('x', list)", "false")]
    [InlineData("contains(123, 2)", "true")]
    [InlineData("startsWith('Hello', 'he')", "true")]
    [InlineData("endsWith('Hello', 'LO')", "true")]
    [InlineData("startsWith(list, 'a')", "false")]
    [InlineData("format('{0} {1} {0}', 'a', 2)", "\"a 2 a\"")]
    [InlineData("format('{{{0}}}', true)", "\"{true}\"")]
    [InlineData("format('{{}}')", "\"{}\"")]
    [InlineData("format('{1:}{1}', fromJSON('bad'), 2)", "\"22\"")]
    [InlineData("format('{0}{1}{2}', null, list, nested)", "\"ArrayObject\"")]
    [InlineData("join(list, '-')", "\"a-B-3-true--Array-Object\"")]
    [InlineData("join(nested.a.list)", "\"1,2\"")]
    [InlineData("join('one')", "\"one\"")]
    [InlineData("join(nested)", "\"\"")]
    [InlineData("case(false, 1, true, 2, 3)", "2")]
    [InlineData("case(false, fromJSON('bad'), 3)", "3")]
    [InlineData("toJSON('a\"b')", "\"\\\"a\\\\\\\"b\\\"\"")]
    [InlineData("TOJSON(-0)", "\"0\"")]
    [InlineData("fromJSON('[1, 2.5, \"x\", null, {\"a\": true}]')", "[1,2.5,\"x\",null,{\"a\": true}]")]
    public void Functions_OnManyValues_FollowGitHub(string expression, string json) => Assert.Equal(json, Evaluate(expression));

    [Fact]
    public void ToJson_OfNested_IndentsByTwo() => Assert.Equal(
        "{\n  \"list\": [\n    1,\n    2\n  ]\n}",
        ((StringValue)ExpressionEvaluator.Evaluate("toJSON(nested.a)", Scope())).Value);

    [Theory]
    [InlineData("1 = 2", ExpressionErrorKind.Lexing, "Unexpected symbol: '='. Located at position 3 within expression: 1 = 2")]
    [InlineData("a & b", ExpressionErrorKind.Lexing, "Unexpected symbol: '&'. Located at position 3 within expression: a & b")]
    [InlineData("'open", ExpressionErrorKind.Lexing, "Unexpected symbol: ''open'. Located at position 1 within expression: 'open")]
    [InlineData("1x", ExpressionErrorKind.Lexing, "Unexpected symbol: '1x'. Located at position 1 within expression: 1x")]
    [InlineData("\"a\"", ExpressionErrorKind.Lexing, "Unexpected symbol: '\"a\"'. Located at position 1 within expression: \"a\"")]
    [InlineData("nope", ExpressionErrorKind.Parsing, "Unrecognized named-value: 'nope'. Located at position 1 within expression: nope")]
    [InlineData("1 == nope(2)", ExpressionErrorKind.Parsing, "Unrecognized function: 'nope'. Located at position 6 within expression: 1 == nope(2)")]
    [InlineData("success()", ExpressionErrorKind.Parsing, "Unrecognized function: 'success'. Located at position 1 within expression: success()")]
    [InlineData("contains('a')", ExpressionErrorKind.Parsing, "Too few parameters supplied: 'contains'. Located at position 1 within expression: contains('a')")]
    [InlineData("toJSON(1, 2)", ExpressionErrorKind.Parsing, "Too many parameters supplied: 'toJSON'. Located at position 1 within expression: toJSON(1, 2)")]
    [InlineData("case(true, 1, true, 2)", ExpressionErrorKind.Parsing, "Even number of parameters supplied, requires an odd number of parameters: 'case'. Located at position 1 within expression: case(true, 1, true, 2)")]
    [InlineData("1 2", ExpressionErrorKind.Parsing, "Unexpected symbol: '2'. Located at position 3 within expression: 1 2")]
    [InlineData("'a'.b", ExpressionErrorKind.Parsing, "Unexpected symbol: '.'. Located at position 4 within expression: 'a'.b")]
    [InlineData("1)", ExpressionErrorKind.Parsing, "Unexpected symbol: ')'. Located at position 2 within expression: 1)")]
    [InlineData("(1", ExpressionErrorKind.Parsing, "Unexpected end of expression: '1'. Located at position 2 within expression: (1")]
    [InlineData("1 ==", ExpressionErrorKind.Parsing, "Unexpected end of expression: '=='. Located at position 3 within expression: 1 ==")]
    [InlineData("github.", ExpressionErrorKind.Parsing, "Unexpected end of expression: '.'. Located at position 7 within expression: github.")]
    [InlineData("join(list,)", ExpressionErrorKind.Parsing, "Unexpected symbol: ')'. Located at position 11 within expression: join(list,)")]
    [InlineData("format('{1}', 1)", ExpressionErrorKind.Evaluation, "The following format string references more arguments than were supplied: {1}")]
    [InlineData("format('{')", ExpressionErrorKind.Evaluation, "The following format string is invalid: {")]
    [InlineData("format('}')", ExpressionErrorKind.Evaluation, "The following format string is invalid: }")]
    [InlineData("format('{99999999999}', 1)", ExpressionErrorKind.Evaluation, "The following format string is invalid: {99999999999}")]
    [InlineData("format('{256}', 1)", ExpressionErrorKind.Evaluation, "The following format string is invalid: {256}")]
    [InlineData("format('{0}{1}', fromJSON('bad'))", ExpressionErrorKind.Evaluation, "The following format string references more arguments than were supplied: {0}{1}")]
    [InlineData("format('{0:x}}y}', 1)", ExpressionErrorKind.Evaluation, "The format specifiers 'x}y' are not valid for objects of type 'Number'")]
    [InlineData("format('{0:x', 1)", ExpressionErrorKind.Evaluation, "The following format string is invalid: {0:x")]
    [InlineData("case('x', 1, 2)", ExpressionErrorKind.Evaluation, "case predicate must evaluate to a boolean value")]
    [InlineData("fromJSON('')", ExpressionErrorKind.Evaluation, "Error parsing fromJson,Error reading JToken from JsonReader. Path '', line 0, position 0.")]
    public void Error_OfManyKinds_IsWordedAsGitHubs(string expression, ExpressionErrorKind kind, string message)
    {
        var error = Assert.Throws<ExpressionException>(() => Evaluate(expression));
        Assert.Equal((kind, message), (error.Kind, error.Message));
    }

    [Fact]
    public void Length_OverTheLimit_IsRefused()
    {
        Assert.Equal(ValueKind.String, ExpressionEvaluator.Evaluate($"'{new string('a', 20998)}'", ExpressionScope.Empty).Kind);
        var error = Assert.Throws<ExpressionException>(() => ExpressionEvaluator.Evaluate($"'{new string('a', 20999)}'", ExpressionScope.Empty));
        Assert.Equal("Exceeded max expression length 21000", error.Message);
    }

    [Theory]
    [InlineData("!", 49, "1", "")]
    [InlineData("join(", 49, "1", ")")]
    [InlineData("(", 49, "1", ")")]
    [InlineData("", 49, "github", ".a")]
    [InlineData("1 == ", 20, "1", "")]
    public void Depth_UpToTheLimit_IsFine(string before, int times, string inner, string after)
    {
        Evaluate(Repeat(before, times) + inner + Repeat(after, times));
        if (times == 20)
            return;
        var error = Assert.Throws<ExpressionException>(() => Evaluate(Repeat(before, times + 1) + inner + Repeat(after, times + 1)));
        Assert.Equal("Exceeded max expression depth 50", error.Message);
    }

    [Fact]
    public void Memory_WhenNestedFormatsGrow_IsBounded()
    {
        string expression = "'xxxxxxxxxx'";
        for (int i = 0; i < 20; i++)
            expression = $"format('{{0}}{{0}}{{0}}{{0}}{{0}}{{0}}{{0}}{{0}}', {expression})";
        var error = Assert.Throws<ExpressionException>(() => Evaluate(expression));
        Assert.Equal("The maximum allowed memory size was exceeded", error.Message);
    }

    [Fact]
    public void StatusFunctions_WhereAllowed_AskTheScope()
    {
        ExpressionScope scope = ExpressionScope.Empty with { Status = new FailedStatus(), HashFiles = patterns => string.Join('|', patterns) };
        Assert.True(ExpressionEvaluator.IsTruthy(ExpressionEvaluator.Evaluate("Failure() && !success() && always() && !cancelled()", scope)));
        Assert.Equal("True", ExpressionEvaluator.Evaluate("failure('a', 'b')", scope) is BooleanValue { Value: true } ? "True" : "False");
        Assert.Equal("**/x|y", ExpressionText.ToText(ExpressionEvaluator.Evaluate("hashFiles('**/x', 'y')", scope)));
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private sealed class FailedStatus : IStatusFunctions
    {
        public bool Success(IReadOnlyList<string> jobIds) => false;

        public bool Failure(IReadOnlyList<string> jobIds) => true;

        public bool Cancelled() => false;
    }
}

using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Json;

namespace CmlNet.Workflows.Tests.Expressions;

public sealed class LenientJsonReaderTests
{
    [Theory]
    [InlineData("{'a': 'b'}", "{\n  \"a\": \"b\"\n}")]
    [InlineData("{a: 1,}", "{\n  \"a\": 1\n}")]
    [InlineData("[1, 2,]", "[\n  1,\n  2\n]")]
    [InlineData("/* c */ 5 // d", "5")]
    [InlineData("0x1F", "31")]
    [InlineData("1 trailing", "1")]
    [InlineData("\"\\u0041\\n\"", "\"A\\n\"")]
    [InlineData("-Infinity", "-Infinity")]
    [InlineData("undefined", "null")]
    public void Json_WithLiberties_IsRead(string json, string expected) => Assert.Equal(expected, JsonConversion.ToJson(JsonConversion.Parse(json)));

    [Theory]
    [InlineData("hello", "Unexpected character encountered while parsing value: h. Path '', line 0, position 0.")]
    [InlineData("[1 2]", "After parsing a value an unexpected character was encountered: 2. Expected a comma or the end of an array. Line 1, position 3.")]
    [InlineData("{\"a\"}", "Invalid character after parsing property name. Expected ':' but got: }. Line 1, position 4.")]
    [InlineData("[", "Unexpected end when reading JSON. Line 1, position 1.")]
    [InlineData("12ab", "Input string '12ab' is not a valid number. Line 1, position 4.")]
    public void Json_ThatIsWrong_SaysWhere(string json, string message)
    {
        var error = Assert.Throws<ExpressionException>(() => JsonConversion.Parse(json));
        Assert.Equal((ExpressionErrorKind.Evaluation, message), (error.Kind, error.Message));
    }

    [Fact]
    public void Json_NestedWithoutEnd_IsRefused() =>
        Assert.StartsWith("The reader's MaxDepth of 64", Assert.Throws<ExpressionException>(() => JsonConversion.Parse(new string('[', 100_000))).Message, StringComparison.Ordinal);
}

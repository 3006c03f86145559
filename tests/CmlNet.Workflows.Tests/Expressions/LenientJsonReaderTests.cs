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
    [InlineData("undefined", "\"\"")]
    [InlineData("[,1,,]", "[\n  \"\",\n  1,\n  \"\"\n]")]
    [InlineData("017", "15")]
    [InlineData("-017", "-17")]
    public void Json_WithLiberties_IsRead(string json, string expected) => Assert.Equal(expected, JsonConversion.ToJson(JsonConversion.Parse(json)));

    [Theory]
    [InlineData("hello", "Unexpected character encountered while parsing value: h. Path '', line 0, position 0.")]
    [InlineData("", "Error reading JToken from JsonReader. Path '', line 0, position 0.")]
    [InlineData("  ", "Error reading JToken from JsonReader. Path '', line 1, position 2.")]
    [InlineData("[1 2]", "After parsing a value an unexpected character was encountered: 2. Path '[0]', line 1, position 3.")]
    [InlineData("{\"a\"}", "Invalid character after parsing property name. Expected ':' but got: }. Path '', line 1, position 4.")]
    [InlineData("[", "Error reading JArray from JsonReader. Path '', line 1, position 1.")]
    [InlineData("{\n", "Error reading JObject from JsonReader. Path '', line 2, position 0.")]
    [InlineData("[1,", "Unexpected end of content while loading JArray. Path '[0]', line 1, position 3.")]
    [InlineData("{\"a\": {\"b.c\": [1, 2, {\"d\": !}]}}", "Unexpected character encountered while parsing value: !. Path 'a['b.c'][2].d', line 1, position 27.")]
    [InlineData("[{\\", "Invalid property identifier character: \\. Path '[0]', line 1, position 2.")]
    [InlineData("{\"a\": [1}", "JsonToken EndObject is not valid for closing JsonType Array. Path 'a', line 1, position 9.")]
    [InlineData("12ab", "Input string '12ab' is not a valid number. Path '', line 1, position 4.")]
    [InlineData("12z", "Unexpected character encountered while parsing number: z. Path '', line 1, position 2.")]
    [InlineData("089", "Input string '089' is not a valid number. Path '', line 1, position 3.")]
    [InlineData("trux", "Error parsing boolean value. Path '', line 1, position 3.")]
    [InlineData("tru", "Unexpected end when reading JSON. Path '', line 1, position 3.")]
    [InlineData("[\"abc", "Unterminated string. Expected delimiter: \". Path '', line 1, position 5.")]
    [InlineData("\"\\x\"", "Bad JSON escape sequence: \\x. Path '', line 1, position 3.")]
    [InlineData("{a-b: 1}", "Invalid JavaScript property identifier character: -. Path '', line 1, position 2.")]
    public void Json_ThatIsWrong_SaysWhere(string json, string message)
    {
        var error = Assert.Throws<ExpressionException>(() => JsonConversion.Parse(json));
        Assert.Equal((ExpressionErrorKind.Evaluation, $"Error parsing fromJson,{message}"), (error.Kind, error.Message));
    }

    [Fact]
    public void Json_NestedWithoutEnd_IsRefused() =>
        Assert.StartsWith("Error parsing fromJson,The reader's MaxDepth of 64", Assert.Throws<ExpressionException>(() => JsonConversion.Parse(new string('[', 100_000))).Message, StringComparison.Ordinal);
}

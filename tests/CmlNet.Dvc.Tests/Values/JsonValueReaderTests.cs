using System.Globalization;
using CmlNet.Dvc.Values;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Dvc.Tests.Values;

public sealed class JsonValueReaderTests
{
    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("1e5", 100000)]
    [InlineData("-0.5", -0.5)]
    public void Read_NumberAsPythonWritesIt_IsTheNumber(string text, double expected) => Assert.Equal(expected, JsonValueReader.Read($"\uFEFF{{\r\n\"a\": [{text}]}}\r\n").Find("a")!.Items[0].Number);

    [Fact]
    public void Read_TextThatLooksLikeNaN_StaysText() => Assert.Equal("NaN, Infinity", JsonValueReader.Read("\"NaN, Infinity\"").Text);

    [Fact]
    public void Read_KeyTwice_LastOneCounts() => Assert.Equal(2, JsonValueReader.Read("{\"a\":1,\"b\":0,\"a\":2}").Find("a")!.Integer);

    [Fact]
    public void Read_Escapes_AreDecoded() => Assert.Equal("\"\\/\b\f\n\r\té😀", JsonValueReader.Read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"").Text);

    [Theory]
    [InlineData("", 1, 1, "empty")]
    [InlineData("{\"a\": 1,\n  \"b\" 2}", 2, 7, "expected ':'")]
    [InlineData("{\"a\": 1,\n}", 2, 1, "double quotes")]
    [InlineData("[1, 2", 1, 6, "expected ',' or ']'")]
    [InlineData("[1] x", 1, 5, "after the end")]
    [InlineData("accuracy 0.9", 1, 1, "found 'accuracy'")]
    [InlineData("{\"a\": \"x", 1, 9, "closing")]
    [InlineData("{\"a\": 1.}", 1, 7, "'1.' is not a number")]
    [InlineData("{\"a\": nan}", 1, 7, "found 'nan'")]
    public void Read_NotJson_SaysWhatAndWhere(string text, int line, int column, string expected)
    {
        DvcFormatException error = Assert.Throws<DvcFormatException>(() => JsonValueReader.Read(text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void Read_NestedTooDeep_IsRefused() => Assert.Contains("nested deeper", Assert.Throws<DvcFormatException>(() => JsonValueReader.Read(new string('[', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_AnyText_GivesAValueOrAFormatError() => Prop.ForAll<string>(text =>
    {
        try
        {
            JsonValueReader.Read(text ?? "");
        }
        catch (DvcFormatException)
        {
            // the one error it may give
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_AnyNumberWrittenRoundTrip_IsThatNumber() => Prop.ForAll<double>(number =>
    {
        if (!double.IsFinite(number))
            return;
        Assert.Equal(number, JsonValueReader.Read(number.ToString("R", CultureInfo.InvariantCulture)).AsDouble);
    }).QuickCheckThrowOnFailure();
}

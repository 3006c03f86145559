using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Tests.Values;

public sealed class YamlValueReaderTests
{
    [Theory]
    [InlineData("yes", DvcValueKind.Text)]
    [InlineData("on", DvcValueKind.Text)]
    [InlineData("true", DvcValueKind.Boolean)]
    [InlineData("~", DvcValueKind.Null)]
    [InlineData("1e-5", DvcValueKind.Number)]
    [InlineData(".nan", DvcValueKind.Number)]
    [InlineData("12", DvcValueKind.Integer)]
    [InlineData("0x1F", DvcValueKind.Integer)]
    [InlineData("0o17", DvcValueKind.Integer)]
    [InlineData("'12'", DvcValueKind.Text)]
    [InlineData("1_000", DvcValueKind.Text)]
    [InlineData("1.2.3", DvcValueKind.Text)]
    public void Read_PlainScalar_FollowsTheCoreSchema(string scalar, DvcValueKind kind) => Assert.Equal(kind, YamlValueReader.Read($"a: {scalar}").Find("a")!.Kind);

    [Fact]
    public void Read_MergeKeyAndAlias_AreFollowed()
    {
        DvcValue value = YamlValueReader.Read("base: &b {lr: 0.1, depth: 3}\nrun:\n  <<: *b\n  depth: 5\n");
        Assert.Equal(0.1, value.Find("run")!.Find("lr")!.Number);
        Assert.Equal(5, value.Find("run")!.Find("depth")!.Integer);
    }

    [Fact]
    public void Read_KeyThatIsANumber_KeepsItsSpelling() => Assert.Equal("1e5", Assert.Single(YamlValueReader.Read("1e5: 1").Entries).Key);

    [Fact]
    public void Read_BillionLaughs_IsRefused()
    {
        string text = "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n"));
        Assert.Contains("aliases", Assert.Throws<DvcFormatException>(() => YamlValueReader.Read(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: 1\na: 2\n", 2, "appears twice")]
    [InlineData("a: [1, 2\n", 2, "did not find expected")]
    [InlineData("a: *nowhere\n", 1, "no anchor")]
    [InlineData("a: 1\n---\nb: 2\n", 2, "more than one")]
    public void Read_Broken_SaysWhatAndWhere(string text, int line, string expected)
    {
        DvcFormatException error = Assert.Throws<DvcFormatException>(() => YamlValueReader.Read(text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void Read_EmptyFile_IsNull() => Assert.Equal(DvcValueKind.Null, YamlValueReader.Read("").Kind);
}

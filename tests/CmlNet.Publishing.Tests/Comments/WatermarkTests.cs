using CmlNet.Publishing.Comments;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Publishing.Tests.Comments;

public sealed class WatermarkTests
{
    [Theory]
    [InlineData("", "![](https://cml.dev/watermark.png#abc123 \"CML watermark\")")]
    [InlineData("  iris  ", "![](https://cml.dev/watermark.png#abc123 \"CML watermark iris\")")]
    [InlineData("my_title *x* [y] <z>", "![](https://cml.dev/watermark.png#abc123 \"CML watermark my\\_title \\*x\\* \\[y] \\<z>\")")]
    public void Render_Label_IsCmlsLiteral(string label, string expected) => Assert.Equal(expected, Watermark.Render(label, "abc123"));

    [Fact]
    public void Render_NoSha_IsStillFound() => Assert.True(Watermark.IsIn(Watermark.Render("", null), ""));

    [Theory]
    [InlineData("my_title")]
    [InlineData("a*b")]
    [InlineData("a[b]")]
    [InlineData("a\"b")]
    [InlineData("été (1)")]
    public void IsIn_WithAndWithoutEscapes_Matches(string label)
    {
        string mark = Watermark.Render(label, "abc");
        Assert.True(Watermark.IsIn("report\n\n" + mark, label));
        if (!label.Contains('"', StringComparison.Ordinal))
            Assert.True(Watermark.IsIn("report\n\n" + mark.Replace("\\", "", StringComparison.Ordinal), label));
    }

    [Theory]
    [InlineData("> ![](https://cml.dev/watermark.png#abc \"CML watermark\")")]
    [InlineData("see `![](https://cml.dev/watermark.png#abc \"CML watermark\")`")]
    [InlineData("![](https://cml.dev/watermark.png#HEAD \"CML watermark\")")]
    [InlineData("![](https://cml.dev/watermark.png# \"CML watermark\")")]
    [InlineData("![](https://cml.dev/watermark.png#abc \"CML watermark other\")")]
    [InlineData("![](https://cml.dev/watermark.png#abc \"CML watermark")]
    public void IsIn_QuotedOrOtherMark_DoesNotMatch(string body) => Assert.False(Watermark.IsIn(body, ""));

    [Fact]
    public void IsIn_UnlabelledMark_IsNotALabelledOne()
    {
        Assert.False(Watermark.IsIn(Watermark.Render("", "abc"), "lbl"));
        Assert.False(Watermark.IsIn(Watermark.Render("lbl", "abc"), ""));
    }

    [Fact]
    public void FillLabel_RepeatedPlaceholders_FillsTheFirstOnly() =>
        Assert.Equal("train 77 {workflow} {run}", Watermark.FillLabel("{workflow} {run} {workflow} {run}", "train", "77"));

    [Fact]
    public void IsIn_AnyLabel_FindsWhatRenderWrote() => Prop.ForAll<NonNull<string>>(label => Watermark.IsIn("x\n\n" + Watermark.Render(label.Get, "0a"), label.Get)).QuickCheckThrowOnFailure();

    [Fact]
    public void IsIn_AnyBody_DoesNotThrow() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>((start, label) => !Watermark.IsIn(start.Get + "\n![](https://cml.dev/watermark.png#ab", label.Get)).QuickCheckThrowOnFailure();
}

using CmlNet.Publishing.Markdown;

namespace CmlNet.Publishing.Tests.Markdown;

public sealed class MarkdownReaderTests
{
    /// <summary>Each of these would take minutes: the time grows with the square of the length.</summary>
    [Theory]
    [InlineData("[a](b")]
    [InlineData("<?")]
    [InlineData("<![CDATA[")]
    public void Read_SameBeginningOverAndOver_IsGivenUp(string beginning)
    {
        string text = "x " + string.Concat(Enumerable.Repeat(beginning, 400_000 / beginning.Length));
        Assert.Null(MarkdownReader.Read(text, TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public void Read_LongReport_IsReadToItsEnd()
    {
        string text = string.Concat(Enumerable.Repeat("# Title\n\nSome *words*, a [link](https://example.com) and `code`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n", 2000));
        Assert.Equal(6000, MarkdownReader.Read(text)!.Count);
    }
}

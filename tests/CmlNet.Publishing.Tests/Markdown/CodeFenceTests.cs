using CmlNet.Publishing.Markdown;

namespace CmlNet.Publishing.Tests.Markdown;

public sealed class CodeFenceTests
{
    [Theory]
    [InlineData("```\nx", "```\nx\n```\n")]
    [InlineData("```py\nx\n", "```py\nx\n```\n")]
    [InlineData("````\n```\nx\n```\n", "````\n```\nx\n```\n````\n")]
    [InlineData("~~~\nx\n```\n", "~~~\nx\n```\n~~~\n")]
    [InlineData("a\n\n```\nx\n\n[r]: b\n", "a\n\n```\nx\n\n[r]: b\n```\n")]
    public void Close_OpenBlock_IsClosed(string markdown, string expected) => Assert.Equal(expected, CodeFence.Close(markdown));

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("```\nx\n```\n")]
    [InlineData("```\nx\n````\n")]
    [InlineData("``` `x` ```\ntext")]
    [InlineData("- item\n\n  ```\n  x\n")]
    [InlineData("> ```\n> x\n")]
    [InlineData("    ```\n")]
    [InlineData("<!--\n```\n-->\n")]
    [InlineData("~~struck~~ `code`")]
    public void Close_NothingOpenBehind_IsLeftAsItIs(string markdown) => Assert.Equal(markdown, CodeFence.Close(markdown));
}

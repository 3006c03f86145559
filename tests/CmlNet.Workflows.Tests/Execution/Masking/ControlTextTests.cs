using CmlNet.Workflows.Execution.Masking;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Workflows.Tests.Execution.Masking;

public sealed class ControlTextTests
{
    [Theory]
    [InlineData("plain\ttext é", "plain\ttext é", "plain\ttext é")]
    [InlineData("\u001b[31mred\u001b[0m", "\u001b[31mred\u001b[0m", "red")]
    [InlineData("\u001b[1;38:5:9mred", "\u001b[1;38:5:9mred\u001b[0m", "red")]
    [InlineData("a\u001b[2K\u001b[1;1Hb", "ab", "ab")]
    [InlineData("a\u001b]0;title\ab", "ab", "ab")]
    [InlineData("a\u001b]52;c;ZXZpbA==\u001b\\b", "ab", "ab")]
    [InlineData("a\u001b]8;;https://evil\u001b\\link", "alink", "alink")]
    [InlineData("a\u001bPq...\u001b\\b", "ab", "ab")]
    [InlineData("a\u009b2Jb\u009d0;t\u009cc", "abc", "abc")]
    [InlineData("a\u001bcb\u001b(Bc\u001b", "abc", "abc")]
    [InlineData("a\rb\bc\u007fd\0e\a", "abcde", "abcde")]
    [InlineData("a\u001b]0;open\nnext", "a\nnext", "a\nnext")]
    [InlineData("a\u001b[31", "a", "a")]
    [InlineData("a\u001b[?25mb\u001b[>1mc", "abc", "abc")]
    [InlineData("a\u202eb\u2066c", "abc", "abc")]
    public void Clean_ControlText_LeavesTextAndColours(string text, string sanitized, string stripped)
    {
        Assert.Equal(sanitized, ControlText.Sanitize(text));
        Assert.Equal(stripped, ControlText.Strip(text));
    }

    [Fact]
    public void Strip_AnyText_LeavesNoControls() =>
        Prop.ForAll(Arb.From(Gen.Elements("\u001b", "[", "]", "m", ";", "1", "\a", "\\", "P", "\u009b", "x", "\n", "(", "\u009c").ListOf().Select(string.Concat)), text =>
            !ControlText.Strip(text).Any(c => c != '\n' && char.IsControl(c))
            && ControlText.Strip(ControlText.Sanitize(text)) == ControlText.Strip(text)
            && ControlText.Sanitize(ControlText.Sanitize(text)) == ControlText.Sanitize(text)).QuickCheckThrowOnFailure();
}

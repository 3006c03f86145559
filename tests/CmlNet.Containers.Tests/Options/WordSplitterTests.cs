using System.Diagnostics;
using CmlNet.Containers.Options;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Containers.Tests.Options;

public sealed class WordSplitterTests
{
    // The shell is the oracle: without variables and globs, printf sees the same words.
    [SkippableFact]
    public void Split_AnyQuoting_IsWhatTheShellDoes()
    {
        Skip.IfNot(File.Exists("/bin/sh"), "there is no /bin/sh to compare with");
        var pieces = Gen.Elements("a", "b c", " ", "\t", "'", "\"", "\\", "'x y'", "\"x y\"", "\\ ", "\"\\\"\"", "''", "\"\"", "\"\\a\"", "'\\'", "=", "--f", "\"\\\\\"");
        var text = Gen.ListOf(pieces).Select(string.Concat);

        Prop.ForAll(Arb.From(text), words => Assert.Equal(Shell(words), TrySplit(words))).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(12));
    }

    [Fact]
    public void Split_QuotedWords_ComeBackAsTheyWere()
    {
        Prop.ForAll<NonNull<string>[]>(words =>
        {
            var quoted = string.Join(' ', words.Select(w => $"'{w.Get.Replace("'", "'\\''", StringComparison.Ordinal)}'"));

            Assert.Equal(words.Select(w => w.Get), WordSplitter.Split(quoted));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("a 'b", "a ' is not closed")]
    [InlineData("a \"b", "a \" is not closed")]
    [InlineData("a \\", "it ends with a backslash")]
    public void Split_Unfinished_SaysWhat(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<FormatException>(() => WordSplitter.Split(text)).Message);

    private static string? TrySplit(string text)
    {
        try
        {
            return string.Concat(WordSplitter.Split(text).Select(w => $"<{w}>"));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Shell(string text)
    {
        // A backslash at the very end has no agreed meaning.
        if (text.Length - text.TrimEnd('\\').Length is var slashes && slashes % 2 == 1)
            return TrySplit(text);
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"set -f; for w in {text}\ndo printf '<%s>' \"$w\"; done"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : null;
    }
}

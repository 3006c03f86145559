using CmlNet.Workflows.Execution.Files;

namespace CmlNet.Workflows.Tests.Execution.Files;

public sealed class EnvironmentFileTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n\n\n", "")]
    [InlineData("A=1\nB=2\n", "A|1;B|2")]
    [InlineData("A=1", "A|1")]
    [InlineData("A=", "A|")]
    [InlineData("A==x=y\n", "A|=x=y")]
    [InlineData("\nA=1\n\nB=2\n", "A|1;B|2")]
    [InlineData(" A = 1 \n", " A | 1 ")]
    [InlineData("A=x<<EOF\n", "A|x<<EOF")]
    [InlineData("A=1\r\n", "A|1\r")]
    [InlineData("A<<EOF\nEOF\n", "A|")]
    [InlineData("A<<EOF\none\nEOF\n", "A|one")]
    [InlineData("A<<EOF\none\nEOF", "A|one")]
    [InlineData("A<<EOF\n\none\n\ntwo\n\nEOF\nB=2", "A|\none\n\ntwo\n;B|2")]
    [InlineData("A<<EOF\n EOF\nEOF \nEOF\n", "A| EOF\nEOF ")]
    [InlineData("A<< EOF\nx\n EOF\n", "A|x")]
    [InlineData("A<<EOF\r\nx\r\nEOF\r\n", "A|x\r")]
    [InlineData("A<<E=F\nb=c\nE=F\n", "A|b=c")]
    [InlineData("A<<B<<C\nx\nB<<C\n", "A|x")]
    [InlineData("A=1\nA=2\n", "A|1;A|2")]
    [InlineData("A<<EOF\nB=1\nC<<D\nEOF\n", "A|B=1\nC<<D")]
    public void Parse_ValidText_GivesEntriesInOrder(string text, string expected)
    {
        string actual = string.Join(';', EnvironmentFile.Parse(text).Select(entry => $"{entry.Key}|{entry.Value}"));

        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("nonsense\n", 1, "Line 1: Invalid format: expected NAME=value or NAME<<DELIMITER.")]
    [InlineData("A=1\n\n \n", 3, "Line 3: Invalid format: expected NAME=value or NAME<<DELIMITER.")]
    [InlineData("=1", 1, "Line 1: Invalid format: the name before '=' must not be empty.")]
    [InlineData("<<EOF\nEOF\n", 1, "Line 1: Invalid format: the name before '<<' and the delimiter after it must not be empty.")]
    [InlineData("B=2\nA<<\n\n", 2, "Line 2: Invalid format: the name before '<<' and the delimiter after it must not be empty.")]
    [InlineData("A<<EOF\nx\n", 1, "Line 1: Matching delimiter not found: the value of 'A' must end with a line that is exactly the delimiter given after '<<'.")]
    [InlineData("A<<EOF\nx\nEOFx", 1, "Line 1: Matching delimiter not found: the value of 'A' must end with a line that is exactly the delimiter given after '<<'.")]
    [InlineData("A<<EOF\nEOF\nEOF\n", 3, "Line 3: Invalid format: expected NAME=value or NAME<<DELIMITER.")]
    public void Parse_InvalidText_NamesTheLineAndWhatWasExpected(string text, int line, string message)
    {
        EnvironmentFileException error = Assert.Throws<EnvironmentFileException>(() => EnvironmentFile.Parse(text).ToList());

        Assert.Equal(line, error.Line);
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Parse_InvalidLine_IsNotQuoted()
    {
        EnvironmentFileException error = Assert.Throws<EnvironmentFileException>(() => EnvironmentFile.Parse("-----BEGIN KEY-----hunter2").ToList());

        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_WrongLine_WhatStandsBeforeItIsRead()
    {
        using IEnumerator<KeyValuePair<string, string>> entries = EnvironmentFile.Parse("A=1\nwrong\nB=2").GetEnumerator();

        Assert.True(entries.MoveNext());
        Assert.Equal(new("A", "1"), entries.Current);
        Assert.Throws<EnvironmentFileException>(() => entries.MoveNext());
    }

    [Theory]
    [InlineData("NODE_OPTIONS", true)]
    [InlineData("Node_Options", true)]
    [InlineData("NODE_OPTION", false)]
    public void IsBlocked_AnyCase_IsNodeOptionsAlone(string name, bool expected) => Assert.Equal(expected, EnvironmentRules.IsBlocked(name));
}

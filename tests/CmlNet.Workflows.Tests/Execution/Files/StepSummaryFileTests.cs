using CmlNet.Workflows.Execution.Files;

namespace CmlNet.Workflows.Tests.Execution.Files;

public sealed class StepSummaryFileTests
{
    [Fact]
    public void Read_Secrets_AreHiddenLineByLine()
    {
        StepSummary summary = StepSummaryFile.Read(new("# Hi\n\ntoken s3\nend", 18), line => line.Replace("s3", "***", StringComparison.Ordinal));

        Assert.Equal(new StepSummary("# Hi\n\ntoken ***\nend", null), summary);
    }

    [Fact]
    public void Read_ExactlyOneMebibyte_IsKept()
    {
        string text = new('x', StepSummaryFile.MaximumSize);

        Assert.Equal(text, StepSummaryFile.Read(new(text, text.Length), line => line).Markdown);
    }

    [Fact]
    public void Read_OverOneMebibyte_IsDroppedWholeWithAnError()
    {
        StepSummary summary = StepSummaryFile.Read(new("", StepSummaryFile.MaximumSize + 1024), line => line);

        Assert.Equal("", summary.Markdown);
        Assert.Equal("$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got 1025k. The summary of this step is dropped: write less, or link to an artifact.", summary.Error);
    }

    [Fact]
    public void Read_MissingFile_IsAnEmptySummary() => Assert.Equal(StepSummary.Empty, StepSummaryFile.Read(null, line => line));
}

using System.Globalization;
using System.Text;

namespace CmlNet.Workflows.Execution.Files;

/// <summary>The file behind <c>GITHUB_STEP_SUMMARY</c>: Markdown, at most 1 MiB, or nothing.</summary>
internal static class StepSummaryFile
{
    /// <summary>In bytes. A larger summary is dropped whole, never cut.</summary>
    public const int MaximumSize = 1024 * 1024;

    /// <param name="content">What was read; null when the job removed the file.</param>
    /// <param name="mask">Hides the secrets of one line; applied line by line.</param>
    public static StepSummary Read(CommandFileContent? content, Func<string, string> mask)
    {
        if (content is null || content.Size == 0)
            return StepSummary.Empty;
        if (content.Size > MaximumSize)
            return StepSummary.Empty with { Error = TooLarge(content.Size) };

        var masked = new StringBuilder(content.Text.Length);
        int start = 0;
        while (start < content.Text.Length)
        {
            int newline = content.Text.IndexOf('\n', start);
            int end = newline < 0 ? content.Text.Length : newline;
            masked.Append(mask(content.Text[start..end]));
            if (newline >= 0)
                masked.Append('\n');
            start = end + 1;
        }

        return new StepSummary(masked.ToString(), Error: null);
    }

    private static string TooLarge(long size) =>
        string.Create(CultureInfo.InvariantCulture, $"$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of {MaximumSize / 1024}k, got {size / 1024}k. The summary of this step is dropped: write less, or link to an artifact.");
}

using CmlNet.Reports.Html.Logs;

namespace CmlNet.Reports.Html.RunPage.Sections;

/// <summary>Each job with its steps as bars on one time axis; a step opens on its log.</summary>
internal static class JobsSection
{
    // Characters of all logs together, and what each step has even after that.
    private const int MaximumLogs = 20_000_000;
    private const int MinimumLog = 20_000;

    public static void Write(IReadOnlyList<RunPageJob> jobs, PageWriter page)
    {
        if (jobs.Count == 0)
            return;
        page.Line("<section id=\"jobs\" aria-labelledby=\"jobs-title\">").Line("<h2 id=\"jobs-title\">Jobs</h2>");
        var logs = MaximumLogs;
        foreach (var job in jobs)
            WriteJob(job, ref logs, page);
        page.Line("</section>");
    }

    private static void WriteJob(RunPageJob job, ref int logs, PageWriter page)
    {
        var total = Math.Max(1, job.Steps.Sum(step => Math.Max(0, step.DurationMs)));
        page.Line("<article class=\"card\">").Raw("<header class=\"card-head\"><h3>").Text(job.Name).Raw("</h3>")
            .Badge(StatusLook.OfConclusion(job.Conclusion));
        if (job.Steps.Count > 0 || job.Duration > TimeSpan.Zero)
            page.Raw("<span class=\"muted time\">").Text(PageText.Duration(job.Duration ?? TimeSpan.FromMilliseconds(total))).Raw("</span>");
        page.Line("</header>");
        if (job.Steps.Count == 0)
        {
            page.Line("<p class=\"none\">No step ran.</p>").Line("</article>");
            return;
        }

        page.Line("<ol class=\"steps\">");
        long before = 0;
        foreach (var step in job.Steps)
        {
            string? log = step.Log ?? step.ReadLog?.Invoke();
            WriteStep(step, log, (100.0 * before / total, 100.0 * Math.Max(0, step.DurationMs) / total), Math.Clamp(logs, MinimumLog, LogHtml.MaximumLength), page);
            logs = Math.Max(0, logs - Math.Min(log?.Length ?? 0, LogHtml.MaximumLength));
            before += Math.Max(0, step.DurationMs);
        }

        page.Line("</ol>").Line("</article>");
    }

    private static void WriteStep(RunPageStep step, string? log, (double Left, double Width) bar, int maximumLog, PageWriter page)
    {
        var look = StatusLook.OfConclusion(step.Conclusion);
        page.Raw("<li>");
        if (string.IsNullOrEmpty(log))
        {
            page.Raw("<div class=\"step\">");
            WriteRow(step, look, bar.Left, bar.Width, page);
            page.Line("</div></li>");
            return;
        }

        var failed = look.Icon == "failure";
        page.Raw(failed ? "<details open>" : "<details>").Raw("<summary class=\"step\">");
        WriteRow(step, look, bar.Left, bar.Width, page);
        page.Raw("</summary><div class=\"log\" role=\"region\" tabindex=\"0\" aria-label=\"Log of ").Text(step.Name).Line("\">")
            .Raw(LogHtml.Render(log, step.LogPath, maximumLog)).Line("</div></details></li>");
    }

    private static void WriteRow(RunPageStep step, StatusLook look, double left, double width, PageWriter page)
    {
        page.Icon(look).Raw("<span class=\"step-name\">").HiddenWord(look).Text(step.Name);
        if (step.Outcome is { } outcome && !string.Equals(outcome, step.Conclusion, StringComparison.OrdinalIgnoreCase))
            page.Raw(" <span class=\"muted\">(").Text(outcome).Raw(" ignored)</span>");
        if (step.ExitCode is { } code && code != 0)
            page.Raw($" <span class=\"muted\">exit code {PageWriter.Number(code)}</span>");
        page.Raw("</span>");
        page.Raw("<span class=\"track\" aria-hidden=\"true\">");
        if (width > 0)
        {
            // Even the shortest step stays visible, and none leaves the track.
            var start = Math.Min(left, 99);
            page.Raw($"<span class=\"bar {look.Icon}\" style=\"left:{PageWriter.Number(start)}%;width:{PageWriter.Number(Math.Min(width, 100 - start))}%\"></span>");
        }

        page.Raw("</span><span class=\"time\">").Text(look.Icon == "skipped" ? "" : PageText.Duration(TimeSpan.FromMilliseconds(step.DurationMs))).Raw("</span>");
    }
}

using CmlNet.Publishing.CodeHosts.Local;
using CmlNet.Publishing.Comments;
using CmlNet.Reports.Html.RunPage;
using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Records;

namespace CmlNet.Cli.Commands.Run;

/// <summary>Run directory → <c>report.html</c>.</summary>
internal static class RunReport
{
    /// <summary>More of a log than this is not read into the page.</summary>
    private const long MaximumLogBytes = 8 * 1024 * 1024;

    /// <exception cref="IOException">It could not be written; there is no half of it.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Write(string directory, RunRecord run)
    {
        var model = new RunPageModel
        {
            Title = run.Workflow,
            Conclusion = run.Conclusion,
            Workflow = run.Path,
            Event = run.Event,
            StartedAt = run.StartedAt,
            Duration = TimeSpan.FromMilliseconds(run.DurationMs),
            Repository = run.Repository,
            Sha = run.Sha,
            Branch = run.Ref is { } name && name.StartsWith("refs/heads/", StringComparison.Ordinal) ? name["refs/heads/".Length..] : run.Ref,
            Engine = run.Engine,
            Comments = [.. LocalHostStore.ReadComments(directory).Select(comment => new RunPageComment { Title = comment.Target, Markdown = Watermark.Strip(comment.Body) })],
            Checks = [.. LocalHostStore.ReadChecks(directory).Select(Check)],
            Jobs = [.. run.Jobs.Select(job => Job(directory, job))],
            Assets = new DirectoryRunAssets(directory),
        };
        string page = new RunDirectory(directory).ReportFile;
        string temporary = page + ".tmp";
        try
        {
            using (var writer = new StreamWriter(temporary, append: false))
                RunPageWriter.Write(model, writer);
            File.Move(temporary, page, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
            throw;
        }
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What kept the page from being written may keep its half from being removed; the first of the two is told.
        }
    }

    private static RunPageCheck Check(LocalCheck check) => new()
    {
        Title = check.Title,
        Conclusion = check.Conclusion ?? check.Status,
        SummaryMarkdown = check.Summary,
    };

    private static RunPageJob Job(string directory, JobRecord job) => new()
    {
        Name = job.Name,
        Conclusion = job.Conclusion,
        Duration = TimeSpan.FromMilliseconds(job.DurationMs),
        Annotations = [.. job.Annotations.Select(Annotation)],
        Steps = [.. job.Steps.Select(step => Step(directory, step))],
        SummaryMarkdown = job.Summary.Length > 0 ? job.Summary : null,
    };

    private static RunPageStep Step(string directory, StepRecord step) => new()
    {
        Number = step.Number,
        Name = step.Name,
        Outcome = step.Outcome,
        Conclusion = step.Conclusion,
        DurationMs = step.DurationMs,
        ExitCode = step.ExitCode,
        ReadLog = step.Log is null ? null : () => ReadLog(Path.Combine(directory, step.Log)),
        LogPath = step.Log,
    };

    private static RunPageAnnotation Annotation(Annotation annotation) => new()
    {
        Level = AnnotationLevelNames.Of(annotation.Level),
        Message = annotation.Message,
        Title = annotation.Title,
        File = annotation.File,
        Line = annotation.Line,
    };

    private static string? ReadLog(string path)
    {
        if (!File.Exists(path))
            return null;
        using FileStream stream = File.OpenRead(path);
        byte[] buffer = new byte[Math.Min(stream.Length, MaximumLogBytes)];
        int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, read);
    }
}

using System.Text;
using CmlNet.Publishing.Http;
using CmlNet.Publishing.Length;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.Surfaces;

/// <summary>The file whose text GitHub shows on the page of the run. A step may write 1 MiB; of more, nothing is shown.</summary>
internal sealed class StepSummary(string? path, Rehearsal? rehearsal, ILogger logger)
{
    public const string Variable = "GITHUB_STEP_SUMMARY";
    private const int Limit = 1024 * 1024;
    private const int SmallestPart = 1024;
    private const string Rest = "\n_The rest of the report is left out: it is longer than a summary may be._\n";

    /// <summary>Whether an empty summary would hold all of a report.</summary>
    public static bool Holds(string report) => ReportSplitter.Bytes(report) < Limit - SmallestPart;

    /// <summary>Whether this one still does.</summary>
    public bool HasRoomFor(string report) =>
        !string.IsNullOrEmpty(path) && ReportSplitter.Bytes(report) + (new FileInfo(path) is { Exists: true, Length: var length } ? length : 0) < Limit - SmallestPart;

    /// <returns>The file; null outside a step, where there is nothing to write to.</returns>
    /// <exception cref="PublishingException">The file cannot be written.</exception>
    public async Task<string?> AppendAsync(string report, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(path))
        {
            Log.NoSummary(logger);
            return null;
        }

        try
        {
            var file = new FileInfo(path);
            long left = Limit - (file.Exists ? file.Length : 0) - Rest.Length - 2;
            if (left < SmallestPart)
            {
                Log.SummaryFull(logger, Limit);
                return null;
            }

            IReadOnlyList<string> parts = ReportSplitter.Split(report, (int)left);
            string text = (file is { Exists: true, Length: > 0 } ? "\n" : "") + parts[0] + (parts.Count > 1 ? Rest : "");
            text = text.EndsWith('\n') ? text : text + "\n";
            if (rehearsal is not null)
                rehearsal.File(path, text);
            else
                await File.AppendAllTextAsync(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PublishingException($"the job summary '{path}' cannot be written: {e.Message}", e);
        }
    }
}

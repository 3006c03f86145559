using System.Net;
using CmlNet.Publishing.CodeHosts;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.Surfaces;

/// <summary>Shows a check run; a status of one sentence where the token may not.</summary>
/// <param name="host">Must have check runs.</param>
/// <param name="logger">Gets the fall-back.</param>
public sealed class CheckPublisher(ICodeHost host, ILogger logger)
{
    /// <summary>What a host that has none is told to lack, and what to do instead.</summary>
    internal const string CheckName = "check runs; 'cml comment create --to=comment,status' shows a commit status instead";

    private readonly ICheckHost _checks = host.Require<ICheckHost>(CheckName);

    /// <summary>Creates or updates.</summary>
    /// <param name="check">What to show.</param>
    /// <param name="isUpdate">Whether a check run with the same title on the same commit is updated, where there is one.</param>
    /// <param name="statusContext">Of the status that stands in.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="PublishingException">Neither could be shown.</exception>
    public async Task<SurfaceResult> PublishAsync(CheckRun check, bool isUpdate, string statusContext, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(check);
        try
        {
            CheckReference? old = isUpdate ? await _checks.FindCheckAsync(check.HeadSha, check.Title, cancellationToken) : null;
            CheckReference shown = old is null ? await _checks.CreateCheckAsync(check, cancellationToken) : await _checks.UpdateCheckAsync(old.Id, check, cancellationToken);
            return new SurfaceResult { Surface = ReportSurface.Check, Id = shown.Id, Url = shown.Url };
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.Forbidden && host is IStatusHost statuses)
        {
            try
            {
                await statuses.SetStatusAsync(StatusFor(check, statusContext), cancellationToken);
            }
            catch (PublishingException)
            {
                // Neither is allowed: what was asked for is what gets reported.
                throw e;
            }

            Log.StatusInstead(logger, e.Message);
            return new SurfaceResult { Surface = ReportSurface.Status, Url = check.DetailsUrl };
        }
    }

    /// <summary>The status that says in one sentence what a check run would.</summary>
    /// <param name="check">The check run.</param>
    /// <param name="context">Of the status.</param>
    internal static CommitStatus StatusFor(CheckRun check, string context) => new()
    {
        Sha = check.HeadSha,
        State = CommitStatus.StateOf(check.Status, check.Conclusion),
        Context = context,
        Description = FirstSentence(check.Summary, check.Title),
        TargetUrl = check.DetailsUrl,
    };

    private static string FirstSentence(string markdown, string fallback)
    {
        foreach (string line in markdown.Split('\n', 40))
        {
            string text = line.Trim().TrimStart('#', '>', '-', '*', ' ').Trim();
            if (text.Length > 0 && text[0] is not ('<' or '|' or '!' or '[' or '`'))
                return text.Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
        }

        return fallback;
    }
}

using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "{Method} {Path}: {Reason}; next attempt in {Seconds} s")]
    public static partial void Retrying(ILogger logger, string method, string path, string reason, double seconds);

    [LoggerMessage(2, LogLevel.Warning, "'{File}' is not published: {Reason}")]
    public static partial void Refused(ILogger logger, string file, string reason);

    [LoggerMessage(3, LogLevel.Warning, "'{File}' could not be published: {Reason}")]
    public static partial void UploadFailed(ILogger logger, string file, string reason);

    [LoggerMessage(4, LogLevel.Information, "published '{File}' as {Reference}")]
    public static partial void Uploaded(ILogger logger, string file, string reference);

    [LoggerMessage(5, LogLevel.Information, "{Action} comment {Url}")]
    public static partial void CommentPublished(ILogger logger, string action, string url);

    [LoggerMessage(14, LogLevel.Information, "the report is longer than a comment may be here ({Limit} bytes), so it is posted as {Count} comments")]
    public static partial void PostedInParts(ILogger logger, int limit, int count);

    [LoggerMessage(15, LogLevel.Warning, "the comments posted before are not folded away: {Reason}")]
    public static partial void NotHidden(ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Warning, "the comment {Url} carries this report's mark but was written by '{Author}'; it is left alone")]
    public static partial void SomeoneElses(ILogger logger, string url, string author);

    [LoggerMessage(7, LogLevel.Warning, "Deprecation warning: {Advice}")]
    public static partial void Deprecated(ILogger logger, string advice);

    [LoggerMessage(8, LogLevel.Warning, "no place to publish images is configured, so local images become a note in the comment; pass --assets=ref, or --publish-url (or set CML_COMMENT_PUBLISH_URL) with the address of an asset server")]
    public static partial void NoAssetStore(ILogger logger);

    [LoggerMessage(9, LogLevel.Warning, "Branch {Branch} already exists")]
    public static partial void BranchExists(ILogger logger, string branch);

    [LoggerMessage(10, LogLevel.Warning, "{Reason} Nothing to do.")]
    public static partial void NothingToDo(ILogger logger, string reason);

    [LoggerMessage(11, LogLevel.Warning, "the pull request {Url} was merged at once: {Reason}")]
    public static partial void MergedAtOnce(ILogger logger, string url, string reason);

    [LoggerMessage(12, LogLevel.Warning, "the token came from the command line, so it is not kept for later pushes; set REPO_TOKEN instead")]
    public static partial void TokenNotKept(ILogger logger);

    [LoggerMessage(13, LogLevel.Warning, "the report was not posted, and is watched on: {Reason}")]
    public static partial void PostFailed(ILogger logger, string reason);

    [LoggerMessage(16, LogLevel.Information, "images go to the store '{Store}': {Reason}")]
    public static partial void StoreChosen(ILogger logger, string store, string reason);

    [LoggerMessage(17, LogLevel.Warning, "GITHUB_STEP_SUMMARY is not set, so this is no step of a workflow and there is no summary to write")]
    public static partial void NoSummary(ILogger logger);

    [LoggerMessage(18, LogLevel.Warning, "the job summary is full ({Limit} bytes), so the report is not added to it")]
    public static partial void SummaryFull(ILogger logger, int limit);

    [LoggerMessage(19, LogLevel.Warning, "the report is shown as a commit status, because a check run is refused: {Reason}")]
    public static partial void StatusInstead(ILogger logger, string reason);

    [LoggerMessage(20, LogLevel.Warning, "the token may read only, as it is for pull requests from forks and from Dependabot: the report is on the page of the run and in '{Bundle}', for a workflow_run job to post with 'cml comment create --from-bundle'")]
    public static partial void ReadOnlyToken(ILogger logger, string bundle);

    [LoggerMessage(21, LogLevel.Warning, "no open pull request has {Sha} as its newest commit, so the report is out of date and not posted")]
    public static partial void NoPullRequest(ILogger logger, string sha);

    [LoggerMessage(22, LogLevel.Warning, "the repository's rules forbid refs/{Name}, so images go to the branch '{Branch}', which everybody sees in the list of branches")]
    public static partial void ReferenceRefused(ILogger logger, string name, string branch);

    [LoggerMessage(24, LogLevel.Warning, "the report shows the picture '{File}', and there is no such file")]
    public static partial void NoSuchFile(ILogger logger, string file);

    [LoggerMessage(25, LogLevel.Warning, "the report is nested too deeply, or too tangled, for its links to be found, so it is posted as it is, without its local files")]
    public static partial void NestedTooDeeply(ILogger logger);

    [LoggerMessage(26, LogLevel.Warning, "files that the comment does not show any more are still attached to it: {Reason}")]
    public static partial void NotRemoved(ILogger logger, string reason);

    [LoggerMessage(27, LogLevel.Warning, "the report is longer than {Count} comments, so its end is left out")]
    public static partial void LeftOut(ILogger logger, int count);

    [LoggerMessage(29, LogLevel.Warning, "the report is longer than a bundle may hold ({Limit} bytes), so its end is left out")]
    public static partial void BundleCut(ILogger logger, long limit);

    [LoggerMessage(23, LogLevel.Warning, "the image store '{Store}' refused, so the image goes to '{Next}': {Reason}")]
    public static partial void StoreRefused(ILogger logger, string store, string next, string reason);
}

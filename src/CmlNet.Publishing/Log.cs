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

    [LoggerMessage(6, LogLevel.Warning, "the comment {Url} carries this report's mark but was written by '{Author}'; it is left alone")]
    public static partial void SomeoneElses(ILogger logger, string url, string author);

    [LoggerMessage(7, LogLevel.Warning, "Deprecation warning: {Advice}")]
    public static partial void Deprecated(ILogger logger, string advice);

    [LoggerMessage(8, LogLevel.Warning, "no place to publish images is configured, so local images become a note in the comment; pass --publish-url (or set CML_COMMENT_PUBLISH_URL) with the address of an asset server")]
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
}

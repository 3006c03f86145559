using CmlNet.Cli.Commands.Assets;
using CmlNet.Cli.Commands.Checks;
using CmlNet.Cli.Compatibility;
using CmlNet.Publishing.Bundles;

namespace CmlNet.Cli.Commands.Comments;

/// <summary>The options of <c>cml comment create</c>, <c>cml comment update</c> and <c>cml send-comment</c>.</summary>
internal static class CommentOptions
{
    public static OptionGroup Build() => new OptionGroup("CML_COMMENT_", "CML_SEND_COMMENT_")
        .Text("to", "Everywhere the report is to be seen, separated by commas: comment, summary, check, status, file", "comment")
        .Text("output", "The file of --to=file")
        .Text("check-title", "Title of the check run of --to=check", "CML Report")
        .Choice("check-conclusion", "Conclusion of that check run, and state of the status", "success", CheckOptions.Conclusions)
        .Choice("check-status", "Status of that check run", "completed", CheckOptions.Statuses)
        .Text("status-context", "Context of the commit status of --to=status", "cml")
        .Text("bundle", "Where the report is left for another job when the token may not post (default: cml-report)", ReportBundle.DefaultName)
        .Text("from-bundle", "Post the report that another job left in this directory, on the pull request with its commit")
        .Flag("json", "Print the result as JSON")
        .Flag("dry-run", "Print what would be sent or written, secrets masked, and do neither")
        .Text("target", "Where to post: commit, pr, commit/<sha>, pr/<number>, issue/<number> (default: auto)")
        .Flag("pr", "Post to an existing pull request", isHidden: true)
        .Text("commit-sha", "Commit to post to", isHidden: true, aliases: ["head-sha"])
        .Flag("watch", "Post at once, and again whenever a file of the report or one that it links to has changed")
        .Text("trigger-file", "Watch for this file and post when it appears; it is deleted then", isHidden: true)
        .Flag("publish", "Publish the local files the report links to", initial: true)
        .Text("publish-url", "Address of a self-hosted asset server")
        .Text("assets", StoreOptions.Description, "auto")
        .Text("bucket", StoreOptions.BucketDescription)
        .Flag("publish-native", "Publish with the code host's own uploads", aliases: ["native"])
        .Flag("update", "Update the last comment instead of creating one", isHidden: true)
        .Flag("recreate", "Post anew and delete the comment posted before")
        .Flag("append", "Add the report to the comment posted before")
        .Flag("hide-outdated", "Fold the comments posted before away as outdated")
        .Flag("delete", "Delete the comments posted before, and post nothing")
        .Flag("rm-watermark", "Leave out the watermark; the comment cannot be updated then", isHidden: true)
        .Text("watermark-title", "Label of the watermark, to tell several comments apart; {workflow} and {run} are filled in", "");
}

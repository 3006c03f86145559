using CmlNet.Cli.Compatibility;

namespace CmlNet.Cli.Commands.Checks;

/// <summary>The options of <c>cml check create</c>, <c>cml check update</c> and <c>cml send-github-check</c>.</summary>
internal static class CheckOptions
{
    public static IReadOnlyList<string> Conclusions { get; } = ["success", "failure", "neutral", "cancelled", "skipped", "timed_out"];

    public static IReadOnlyList<string> Statuses { get; } = ["queued", "in_progress", "completed"];

    public static OptionGroup Build() => new OptionGroup("CML_CHECK_", "CML_SEND_GITHUB_CHECK_")
        .Text("commit-sha", "Commit to show it on (default: the one that triggered the run)", aliases: ["head-sha"])
        .Choice("conclusion", "Conclusion of the check", "success", Conclusions)
        .Choice("status", "Status of the check", "completed", Statuses)
        .Text("title", "Title of the check", "CML Report")
        .Text("details-url", "Where its details link leads (default: the workflow's run)")
        .Text("annotations", "JSON file with remarks on lines: [{\"path\":…,\"start_line\":…,\"annotation_level\":…,\"message\":…}, …]")
        .List("button", "A button, as 'label|description|identifier'; up to three times")
        .Text("status-context", "Context of the commit status that stands in where check runs are not allowed", "cml")
        .Flag("json", "Print the result as JSON")
        .Flag("dry-run", "Print what would be sent or written, secrets masked, and do neither");
}

namespace CmlNet.Workflows.Model.Conversion;

/// <summary>The events that start workflows and the options each takes (GitHub's "Events that trigger workflows").</summary>
internal static class EventCatalog
{
    private static readonly string[] BranchFilters = ["branches", "branches-ignore"];
    private static readonly string[] PathFilters = ["paths", "paths-ignore"];
    private static readonly string[] OnlyTypes = ["types"];

    private static readonly Dictionary<string, IReadOnlyList<string>> Options = new(StringComparer.Ordinal)
    {
        ["push"] = [.. BranchFilters, "tags", "tags-ignore", .. PathFilters],
        ["pull_request"] = ["types", .. BranchFilters, .. PathFilters],
        ["pull_request_target"] = ["types", .. BranchFilters, .. PathFilters],
        ["workflow_run"] = ["types", "workflows", .. BranchFilters],
        ["merge_group"] = ["types", .. BranchFilters],
        ["image_version"] = ["types", "names", "versions"],
        ["workflow_call"] = ["inputs", "secrets", "outputs"],
        ["workflow_dispatch"] = ["inputs"],
        ["schedule"] = [],
        ["branch_protection_rule"] = OnlyTypes,
        ["check_run"] = OnlyTypes,
        ["check_suite"] = OnlyTypes,
        ["create"] = [],
        ["delete"] = [],
        ["deployment"] = [],
        ["deployment_status"] = [],
        ["discussion"] = OnlyTypes,
        ["discussion_comment"] = OnlyTypes,
        ["fork"] = [],
        ["gollum"] = [],
        ["issue_comment"] = OnlyTypes,
        ["issues"] = OnlyTypes,
        ["label"] = OnlyTypes,
        ["milestone"] = OnlyTypes,
        ["page_build"] = [],
        ["project"] = OnlyTypes,
        ["project_card"] = OnlyTypes,
        ["project_column"] = OnlyTypes,
        ["public"] = [],
        ["pull_request_comment"] = OnlyTypes,
        ["pull_request_review"] = OnlyTypes,
        ["pull_request_review_comment"] = OnlyTypes,
        ["registry_package"] = OnlyTypes,
        ["release"] = OnlyTypes,
        ["repository_dispatch"] = OnlyTypes,
        ["status"] = [],
        ["watch"] = OnlyTypes,
    };

    private static readonly string[] Changes = ["created", "edited", "deleted"];

    private static readonly string[] PullRequestTypes =
    [
        "assigned", "unassigned", "labeled", "unlabeled", "opened", "edited", "closed", "reopened",
        "synchronize", "converted_to_draft", "locked", "unlocked", "enqueued", "dequeued", "milestoned", "demilestoned",
        "ready_for_review", "review_requested", "review_request_removed", "auto_merge_enabled", "auto_merge_disabled", "stacked",
    ];

    private static readonly Dictionary<string, IReadOnlyList<string>> Types = new(StringComparer.Ordinal)
    {
        ["branch_protection_rule"] = Changes,
        ["check_run"] = ["completed", "created", "rerequested", "requested_action"],
        ["check_suite"] = ["completed"],
        ["discussion"] =
        [
            "created", "edited", "deleted", "transferred", "pinned", "unpinned", "labeled", "unlabeled",
            "locked", "unlocked", "category_changed", "answered", "unanswered",
        ],
        ["discussion_comment"] = Changes,
        ["image_version"] = ["created", "ready", "deleted"],
        ["issue_comment"] = Changes,
        ["issues"] =
        [
            "opened", "edited", "deleted", "transferred", "pinned", "unpinned", "closed", "reopened",
            "assigned", "unassigned", "labeled", "unlabeled", "locked", "unlocked", "milestoned", "demilestoned",
            "field_added", "field_removed", "typed", "untyped",
        ],
        ["label"] = Changes,
        ["merge_group"] = ["checks_requested"],
        ["milestone"] = ["created", "closed", "opened", "edited", "deleted"],
        ["project"] = ["created", "closed", "reopened", "edited", "deleted"],
        ["project_card"] = ["created", "moved", "converted", "edited", "deleted"],
        ["project_column"] = ["created", "updated", "moved", "deleted"],
        ["pull_request"] = PullRequestTypes,
        ["pull_request_comment"] = Changes,
        ["pull_request_review"] = ["submitted", "edited", "dismissed"],
        ["pull_request_review_comment"] = Changes,
        ["pull_request_target"] = PullRequestTypes,
        ["registry_package"] = ["published", "updated"],
        ["release"] = ["published", "unpublished", "created", "edited", "deleted", "prereleased", "released"],
        ["watch"] = ["started"],
        ["workflow_run"] = ["requested", "completed", "in_progress"],
    };

    /// <summary>Null for an event that does not exist.</summary>
    public static IReadOnlyList<string>? OptionsOf(string name) => Options.GetValueOrDefault(name);

    /// <summary>What an event can tell by <c>types</c>; null for one that takes none, or any.</summary>
    public static IReadOnlyList<string>? TypesOf(string name) => Types.GetValueOrDefault(name);
}

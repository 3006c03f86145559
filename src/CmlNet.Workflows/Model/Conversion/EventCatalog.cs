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

    /// <summary>Null for an event that does not exist.</summary>
    public static IReadOnlyList<string>? OptionsOf(string name) => Options.GetValueOrDefault(name);
}

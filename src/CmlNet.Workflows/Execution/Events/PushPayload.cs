using System.Text.Json.Nodes;

namespace CmlNet.Workflows.Execution.Events;

/// <summary><c>push</c>: HEAD alone was just pushed to the branch checked out (or, with a detached HEAD, to the tag on it).</summary>
internal static class PushPayload
{
    public static JsonObject Build(GitState git, PayloadParts parts)
    {
        string reference = ReferenceOf(git);
        string before = reference.StartsWith("refs/tags/", StringComparison.Ordinal) ? GitState.ZeroSha : git.Head?.ParentSha ?? GitState.ZeroSha;
        return new JsonObject
        {
            ["ref"] = reference,
            ["before"] = before,
            ["after"] = git.HeadSha,
            ["repository"] = parts.Repository(),
            ["pusher"] = new JsonObject { ["name"] = parts.Actor, ["email"] = git.UserEmail },
            ["sender"] = parts.User(parts.Actor),
            ["created"] = before == GitState.ZeroSha,
            ["deleted"] = false,
            ["forced"] = false,
            ["base_ref"] = null,
            ["compare"] = before == GitState.ZeroSha ? $"{git.HtmlUrl}/commit/{Short(git.HeadSha)}" : $"{git.HtmlUrl}/compare/{Short(before)}...{Short(git.HeadSha)}",
            ["commits"] = git.Head is null ? new JsonArray() : new JsonArray(parts.Commit(git.Head)),
            ["head_commit"] = git.Head is null ? null : parts.Commit(git.Head),
        };
    }

    /// <summary>The branch comes before a tag: a tag that happens to sit on HEAD was not pushed.</summary>
    public static string ReferenceOf(GitState git) => (git.Branch, git.Tag) switch
    {
        ({ } branch, _) => "refs/heads/" + branch,
        (null, { } tag) => "refs/tags/" + tag,
        _ => "refs/heads/" + git.DefaultBranch,
    };

    private static string Short(string sha) => sha[..Math.Min(12, sha.Length)];
}

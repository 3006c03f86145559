namespace CmlNet.Workflows.Execution.Events;

/// <summary>What <c>github.ref</c> and its companions are for an event.</summary>
/// <param name="Ref">Full, e.g. <c>refs/pull/1/merge</c>.</param>
/// <param name="Name">Short, e.g. <c>1/merge</c>.</param>
/// <param name="Type"><c>branch</c> or <c>tag</c>.</param>
/// <param name="Sha">The commit that is checked out: HEAD, for pull requests too (there is no merge commit here).</param>
/// <param name="HeadRef">Pull requests only, else empty.</param>
public sealed record EventReference(string Ref, string Name, string Type, string Sha, string HeadRef, string BaseRef)
{
    public static EventReference Of(EventPayload payload, GitState git)
    {
        string headRef = payload.Text("pull_request", "head", "ref") ?? "";
        string baseRef = payload.Text("pull_request", "base", "ref") ?? "";
        return payload.Name switch
        {
            "pull_request" or "pull_request_review" or "pull_request_review_comment" => Build($"refs/pull/{payload.Text("number") ?? payload.Text("pull_request", "number") ?? "1"}/merge", git.HeadSha, headRef, baseRef),
            "pull_request_target" => Build($"refs/heads/{baseRef}", payload.Text("pull_request", "base", "sha") ?? git.HeadSha, headRef, baseRef),
            "push" => Build(payload.Text("ref") ?? PushPayload.ReferenceOf(git), payload.Text("after") ?? git.HeadSha),
            "workflow_dispatch" => Build(payload.Text("ref") ?? PushPayload.ReferenceOf(git), git.HeadSha),
            _ => Build(PushPayload.ReferenceOf(git), git.HeadSha),
        };
    }

    private static EventReference Build(string reference, string sha, string headRef = "", string baseRef = "")
    {
        string full = reference.StartsWith("refs/", StringComparison.Ordinal) ? reference : "refs/heads/" + reference;
        bool isTag = full.StartsWith("refs/tags/", StringComparison.Ordinal);
        string[] prefixes = ["refs/heads/", "refs/tags/", "refs/pull/"];
        string prefix = prefixes.FirstOrDefault(prefix => full.StartsWith(prefix, StringComparison.Ordinal)) ?? "refs/";
        return new EventReference(full, full[prefix.Length..], isTag ? "tag" : "branch", sha, headRef, baseRef);
    }
}

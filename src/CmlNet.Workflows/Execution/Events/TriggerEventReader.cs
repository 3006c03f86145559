using CmlNet.Workflows.Execution.Repository;
using CmlNet.Workflows.Planning;

namespace CmlNet.Workflows.Execution.Events;

/// <summary>What an event says to the filters of <c>on:</c>: branch or tag, activity, changed files.</summary>
public static class TriggerEventReader
{
    /// <param name="payload">Synthesised or given.</param>
    /// <param name="wantsPaths">Some workflow filters by path: git is asked what changed.</param>
    /// <param name="root">The work tree. What is not committed counts as changed, as it is part of what runs.</param>
    public static async Task<TriggerEvent> ReadAsync(EventPayload payload, bool wantsPaths, string root, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(payload);
        (string? reference, string? from) = payload.Name switch
        {
            "push" => (payload.Text("ref"), payload.Text("before")),
            "pull_request" or "pull_request_target" => ("refs/heads/" + payload.Text("pull_request", "base", "ref"), payload.Text("pull_request", "base", "sha")),
            _ => (null, null),
        };
        return new TriggerEvent(payload.Name)
        {
            Ref = reference,
            Activity = payload.Text("action"),
            ChangedPaths = wantsPaths && from is not null && from != GitState.ZeroSha ? await ChangedAsync(from, root, cancellationToken) : null,
        };
    }

    /// <summary>Null when the commit is not in this repository: then nobody knows, and path filters pass.</summary>
    private static async Task<IReadOnlyList<string>?> ChangedAsync(string from, string root, CancellationToken cancellationToken)
    {
        // It comes from an event file: anything else than a commit's name could be read as an option.
        if (from.Length is < 7 or > 64 || !from.All(char.IsAsciiHexDigit))
            return null;
        string? names = await new GitProgram(root).AskAsync(["diff", "--name-only", "--no-renames", "-z", from, "--"], cancellationToken);
        return names?.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }
}

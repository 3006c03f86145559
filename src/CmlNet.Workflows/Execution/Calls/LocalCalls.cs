using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;

namespace CmlNet.Workflows.Execution.Calls;

/// <summary>Finds the workflows that a workflow calls, in the repository itself.</summary>
internal static class LocalCalls
{
    private const string Folder = ".github/workflows/";

    private static readonly string[] Scopes =
    [
        "actions", "attestations", "checks", "contents", "deployments", "discussions", "id-token", "issues", "models", "packages", "pages", "pull-requests",
        "repository-projects", "security-events", "statuses",
    ];

    /// <returns>The calls by job id.</returns>
    /// <exception cref="InvalidRunException">A called workflow that is not there, is in another repository, or does not fit its caller.</exception>
    public static IReadOnlyDictionary<string, WorkflowCall> Resolve(Workflow workflow, string repositoryRoot)
    {
        if (workflow.Jobs.All(job => job.Uses is null))
            return new Dictionary<string, WorkflowCall>(StringComparer.Ordinal);
        string? remote = null;
        WorkflowCallResult result = new WorkflowCallResolver(file =>
        {
            if (file.Contains('@', StringComparison.Ordinal))
                remote = file;
            return remote is null ? Read(repositoryRoot, file) : null;
        }).Resolve(workflow with { Permissions = workflow.Permissions ?? Everything() });
        if (result.Errors.Count == 0)
            return result.Calls;
        // The resolver stops at the first file it does not get.
        throw new InvalidRunException(remote is null
            ? result.Errors
            : [.. result.Errors.SkipLast(1), new WorkflowError(result.Errors[^1].Location, $"The reusable workflow '{remote}' is in another repository, and cml run does not download workflows", $"copy it to {Folder} and call it with uses: ./{Folder}FILE")]);
    }

    /// <summary>What a token may do is the repository's setting, which nobody knows here: only what the files themselves say is checked.</summary>
    private static Dictionary<string, string> Everything() => Scopes.ToDictionary(scope => scope, _ => "write", StringComparer.Ordinal);

    private static string? Read(string root, string file)
    {
        // Called workflows lie in that one folder, as on GitHub.
        if (!file.StartsWith(Folder, StringComparison.Ordinal) || file[Folder.Length..].Contains('/', StringComparison.Ordinal))
            return null;
        string path = Path.Combine(root, file);
        try
        {
            return FileKinds.Of(path) == FileKind.Regular ? CommandFileReader.Read(path)?.Text : null;
        }
        catch (CommandFileException)
        {
            return null;
        }
    }
}

using CmlNet.Workflows.Actions.Remote;
using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;

namespace CmlNet.Workflows.Execution.Calls;

/// <summary>Finds the workflows that a workflow calls: in the repository itself, and in others as actions are (mirror, cache, download).</summary>
internal sealed class CalledFiles(string repositoryRoot, RemoteActions remote)
{
    private const string Folder = ".github/workflows/";

    private static readonly string[] Scopes =
    [
        "actions", "attestations", "checks", "contents", "deployments", "discussions", "id-token", "issues", "models", "packages", "pages", "pull-requests",
        "repository-projects", "security-events", "statuses",
    ];

    /// <summary>Files of other repositories by reference; null for one that is not there.</summary>
    private readonly Dictionary<string, string?> _remoteFiles = new(StringComparer.Ordinal);

    /// <returns>The calls by job id.</returns>
    /// <exception cref="InvalidRunException">A called workflow that cannot be had, or does not fit its caller.</exception>
    public async Task<IReadOnlyDictionary<string, WorkflowCall>> ResolveAsync(Workflow workflow, CancellationToken cancellationToken)
    {
        if (workflow.Jobs.All(job => job.Uses is null))
            return new Dictionary<string, WorkflowCall>(StringComparer.Ordinal);
        while (true)
        {
            WorkflowCallResult result = Resolve(workflow, out string? missing, reportsAll: false);
            if (missing is null)
                return result.Errors.Count == 0 ? result.Calls : throw new InvalidRunException(Resolve(workflow, out _, reportsAll: true).Errors);
            // The resolver stops at the first file it does not get: it is brought here, and all is resolved again.
            _remoteFiles[missing] = await FetchAsync(missing, result.Errors, cancellationToken);
        }
    }

    /// <param name="workflow">The outermost caller.</param>
    /// <param name="missing">The first file of another repository that is not here yet.</param>
    /// <param name="reportsAll">For the errors alone, of the files that are here: beyond the first one with errors no other is brought.</param>
    private WorkflowCallResult Resolve(Workflow workflow, out string? missing, bool reportsAll)
    {
        string? firstMissing = null;
        var resolver = new WorkflowCallResolver(file => Load(file, ref firstMissing), reportsAll: reportsAll)
        {
            IsOutOfReach = file => reportsAll && IsRemote(file) && !_remoteFiles.ContainsKey(file),
        };
        WorkflowCallResult result = resolver.Resolve(workflow with { Permissions = workflow.Permissions ?? Everything() });
        missing = firstMissing;
        return result;
    }

    private static bool IsRemote(string file) => file.Contains('@', StringComparison.Ordinal);

    private string? Load(string file, ref string? missing)
    {
        if (!IsRemote(file))
            return Read(repositoryRoot, file);
        if (_remoteFiles.TryGetValue(file, out string? text))
            return text;
        missing ??= file;
        return null;
    }

    private async Task<string?> FetchAsync(string file, IReadOnlyList<WorkflowError> errors, CancellationToken cancellationToken)
    {
        try
        {
            RemoteReference reference = RemoteReference.Parse(file) ?? throw new StepFailedException($"The reusable workflow '{file}' is not of the form owner/repo/{Folder}FILE@ref");
            string folder = await remote.GetFolderAsync(reference, cancellationToken);
            LinkFreePath.Demand(folder, Path.Combine(folder, reference.Path), reference.Path);
            return Read(folder, reference.Path);
        }
        catch (StepFailedException e)
        {
            // The last one says only that the file was not found.
            throw new InvalidRunException([.. errors.SkipLast(1), errors[^1] with { Message = e.Message }]);
        }
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

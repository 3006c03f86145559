using System.Collections.Concurrent;
using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Remote;

/// <summary>Actions of other repositories: from a local mirror, from the cache, or downloaded; each once per run.</summary>
internal sealed class RemoteActions(RunRequest request, string serverUrl)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _folders = new(StringComparer.Ordinal);
    private readonly ActionDownload _download = new(request.ActionCache, serverUrl);

    /// <summary>The action's files and manifest on this machine.</summary>
    /// <exception cref="StepFailedException">It cannot be had, or is none.</exception>
    public async Task<RemoteFiles> GetAsync(string uses, CancellationToken cancellationToken)
    {
        RemoteReference reference = RemoteReference.Parse(uses) ?? throw new StepFailedException($"The action '{uses}' is not supported by cml run.");
        string root = await GetFolderAsync(reference, cancellationToken);
        string folder = reference.Path.Length == 0 ? root : Path.Combine(root, reference.Path);
        LinkFreePath.Demand(root, folder, reference.Path);
        ActionManifest manifest = LocalAction.Load(folder, uses.Split('@')[0], out IReadOnlyList<WorkflowError> errors)
            ?? throw new StepFailedException(errors.Count > 0 ? string.Join('\n', errors) : $"Can't find 'action.yml' or 'action.yaml' for action '{uses}' (in {folder})");
        return new RemoteFiles(reference, root, manifest);
    }

    /// <summary>The files of a repository at a ref.</summary>
    /// <exception cref="StepFailedException">They cannot be had.</exception>
    public async Task<string> GetFolderAsync(RemoteReference reference, CancellationToken cancellationToken)
    {
        if (request.ActionMirrors.TryGetValue(reference.ToString(), out string? mirror))
            return Directory.Exists(mirror) ? mirror : throw new StepFailedException($"--action {reference}={mirror}: there is no such folder.");
        try
        {
            return await _folders.GetOrAdd(reference.ToString(), _ => new Lazy<Task<string>>(() => _download.GetAsync(reference, cancellationToken))).Value;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StepFailedException($"{reference} cannot be kept in {request.ActionCache}: {e.Message}", e);
        }
    }
}

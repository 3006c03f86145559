using CmlNet.Containers;
using CmlNet.Workflows.Actions.Docker;
using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Remote;

/// <summary>Goes through steps, and through those of the composite actions they use, and has every action of another repository brought here.</summary>
internal sealed class ActionFetch(ActionCatalog catalog, RemoteActions remote, string repositoryRoot, EngineInfo engine)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<WorkflowError> _errors = [];

    public IReadOnlyList<WorkflowError> Errors => _errors;

    public async Task AddAsync(IEnumerable<Step> steps, CancellationToken cancellationToken)
    {
        foreach (Step step in steps)
        {
            if (step.Uses is null || !_seen.Add(step.Uses))
                continue;
            ActionManifest? manifest = null;
            if (catalog.IsRemote(step.Uses))
                manifest = await FetchAsync(step, step.Uses, cancellationToken);
            else if (LocalAction.Handles(step.Uses))
                manifest = LocalAction.Load(Path.GetFullPath(Path.Combine(repositoryRoot, step.Uses)), step.Uses, out _);
            if (engine.RunsOnHost && (DockerImage.IsNamed(step.Uses) || manifest?.Runs is DockerRuns))
                _errors.Add(new WorkflowError(LocationOf(step), DockerImage.NeedsEngine(engine.Name)));
            if (manifest?.Runs is CompositeRuns composite)
                await AddAsync(composite.Steps, cancellationToken);
        }
    }

    private async Task<ActionManifest?> FetchAsync(Step step, string uses, CancellationToken cancellationToken)
    {
        SourceLocation location = LocationOf(step);
        try
        {
            ActionManifest manifest = (await remote.GetAsync(uses, cancellationToken)).Manifest;
            if (ActionBodies.Unsupported(manifest) is { } reason)
                _errors.Add(new WorkflowError(location, reason));
            return manifest;
        }
        catch (StepFailedException e)
        {
            _errors.Add(new WorkflowError(location, e.Message));
            return null;
        }
    }

    private static SourceLocation LocationOf(Step step) => step.UsesLocation.Line > 0 ? step.UsesLocation : step.Location;
}

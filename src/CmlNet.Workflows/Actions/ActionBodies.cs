using CmlNet.Workflows.Actions.Composite;
using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Actions.Node;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions;

/// <summary>From an action's manifest to what runs it.</summary>
internal static class ActionBodies
{
    public static IStepBody Of(ActionManifest manifest, ActionFolder folder, ActionCatalog catalog) => manifest.Runs switch
    {
        CompositeRuns runs => new CompositeBody(manifest, runs, folder, catalog),
        NodeRuns runs => new NodeBody(manifest, runs, folder),
        _ => throw new StepFailedException(Unsupported(manifest)!),
    };

    /// <summary>Null, or why the action cannot be run here.</summary>
    public static string? Unsupported(ActionManifest manifest) => manifest.Runs switch
    {
        CompositeRuns or NodeRuns => null,
        _ => $"The action {manifest.Path} runs in a container of its own; such actions are not supported by cml run",
    };
}

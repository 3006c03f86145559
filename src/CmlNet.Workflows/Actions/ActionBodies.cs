using CmlNet.Workflows.Actions.Composite;
using CmlNet.Workflows.Actions.Docker;
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
        DockerRuns runs when Unsupported(manifest) is null => new DockerBody(manifest, runs, folder),
        // Not null: every other kind has its line above.
        _ => throw new StepFailedException(Unsupported(manifest)!),
    };

    /// <summary>Null, or why the action cannot be run here.</summary>
    public static string? Unsupported(ActionManifest manifest) => manifest.Runs switch
    {
        DockerRuns runs when !DockerImage.IsNamed(runs.Image) && !DockerImage.IsDockerfile(runs.Image) =>
            $"'{runs.Image}' of the action {manifest.Path} should be either '[path]/Dockerfile' or 'docker://image[:tag]'.",
        _ => null,
    };
}

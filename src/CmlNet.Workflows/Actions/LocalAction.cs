using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions;

/// <summary><c>uses: ./path</c>: an action of the workspace, looked for only when its step comes, as a checkout must have put it there.</summary>
internal sealed class LocalAction(string uses, ActionCatalog catalog) : IStepBody
{
    public static bool Handles(string? uses) => uses is not null && (uses == "." || uses.StartsWith("./", StringComparison.Ordinal));

    public Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        JobFileMap map = invocation.Files;
        string inJob = map.InJob(uses);
        string? host = map.ToHost(uses);
        if (host is null || !(host == map.HostWorkspace || host.StartsWith(map.HostWorkspace + "/", StringComparison.Ordinal)))
            throw new StepFailedException($"The action '{uses}' is not under the workspace.");
        LinkFreePath.Demand(map.HostWorkspace, host, uses);
        ActionManifest manifest = Load(host, uses, out IReadOnlyList<WorkflowError> errors)
            ?? throw new StepFailedException(errors.Count > 0
                ? string.Join('\n', errors)
                : $"Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '{inJob}'. Did you forget to run actions/checkout before running your local action?");
        return ActionBodies.Of(manifest, new ActionFolder { Host = host, InJob = inJob }, catalog).RunAsync(invocation, cancellationToken);
    }

    /// <summary>The manifest in a folder; null with errors when it is wrong, null without when there is none.</summary>
    public static ActionManifest? Load(string folder, string shown, out IReadOnlyList<WorkflowError> errors)
    {
        errors = [];
        string prefix = shown.StartsWith("./", StringComparison.Ordinal) ? shown[2..].TrimEnd('/') : shown;
        foreach (string name in new[] { "action.yml", "action.yaml" })
        {
            try
            {
                if (CommandFileReader.Read(Path.Combine(folder, name), 4 * 1024 * 1024) is { } content)
                    return ActionManifestReader.Read(prefix.Length is 0 or 1 ? name : $"{prefix}/{name}", content.Text, out errors);
            }
            catch (CommandFileException e)
            {
                errors = [new WorkflowError(new SourceLocation(shown, 0, 0), e.Message)];
                return null;
            }
        }
        // An action may be nothing but its Dockerfile.
        return FileKinds.Of(Path.Combine(folder, "Dockerfile")) == FileKind.Regular
            ? new ActionManifest { Path = prefix.Length is 0 or 1 ? "Dockerfile" : $"{prefix}/Dockerfile", Runs = new DockerRuns("Dockerfile") }
            : null;
    }
}

using CmlNet.Workflows.Actions.Composite;
using CmlNet.Workflows.Actions.Docker;
using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Actions.Node;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Remote;

/// <summary><c>uses: owner/repo@ref</c> of an action that is not built in.</summary>
internal sealed class RemoteAction(string uses, RemoteActions remote, ActionCatalog catalog) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        RemoteFiles files = await remote.GetAsync(uses, cancellationToken);
        ActionFolder folder = await files.IntoJobAsync(invocation, cancellationToken);
        return await ActionBodies.Of(files.Manifest, folder, catalog).RunAsync(invocation, cancellationToken);
    }

    /// <summary>The pre part of a step that uses this action; of a composite one, those of its own steps. Null for none.</summary>
    /// <param name="step">The step.</param>
    /// <param name="around">What it is a step of: the job or a composite action.</param>
    /// <param name="state">The job's.</param>
    /// <param name="depth">How many composite actions it is inside of.</param>
    /// <param name="cancellationToken">Stops between actions.</param>
    public async Task<(Step Step, IStepBody Body)?> FindPreAsync(Step step, ActionParts around, JobState state, int depth, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RemoteFiles files = await remote.GetAsync(uses, cancellationToken);
        ActionParts parts = around.Of(step.Id);
        parts.IsPreSettled = true;
        (string Condition, Func<ActionFolder, IStepBody> Body)? hook = files.Manifest.Runs switch
        {
            NodeRuns { Pre: not null } runs => (runs.PreCondition, folder => new NodePre(files.Manifest, runs, folder)),
            DockerRuns { PreEntrypoint: not null } runs => (runs.PreCondition, folder => new DockerPre(files.Manifest, runs, folder)),
            CompositeRuns runs when await FindPresAsync(runs, parts, state, depth + 1, cancellationToken) is { Count: > 0 } pres =>
                ("always()", folder => new CompositePre(files.Manifest, runs, folder, pres)),
            _ => null,
        };
        if (hook is not var (condition, body))
            return null;
        return (ActionPre.StepOf(step, condition), new ActionPre(step, parts, new RemotePre(files, body)));
    }

    private async Task<IReadOnlyList<(Step Step, IStepBody Body)>> FindPresAsync(CompositeRuns runs, ActionParts parts, JobState state, int depth, CancellationToken cancellationToken)
    {
        var pres = new List<(Step, IStepBody)>();
        // One that uses itself has no end; its main part says so.
        foreach (Step step in depth > CompositeBody.MaximumDepth ? [] : runs.Steps)
        {
            if (await catalog.FindPreAsync(step, parts, state, depth, cancellationToken) is { } pre)
                pres.Add(pre);
        }
        return pres;
    }
}

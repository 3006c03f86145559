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
        ActionFolder folder = await files.IntoJobAsync(invocation.State, cancellationToken);
        return await ActionBodies.Of(files.Manifest, folder, catalog).RunAsync(invocation, cancellationToken);
    }

    public async Task<(Step Step, IStepBody Body)?> FindPreAsync(Step step, JobState state, CancellationToken cancellationToken)
    {
        RemoteFiles files = await remote.GetAsync(uses, cancellationToken);
        (string Condition, Func<ActionFolder, IStepBody> Body)? hook = files.Manifest.Runs switch
        {
            NodeRuns { Pre: not null } runs => (runs.PreCondition, folder => new NodePre(step.Id, files.Manifest, runs, folder)),
            DockerRuns { PreEntrypoint: not null } runs => (runs.PreCondition, folder => new DockerPre(step.Id, files.Manifest, runs, folder)),
            _ => null,
        };
        if (hook is not var (condition, body))
            return null;
        Step pre = step with { Id = "__pre_" + step.Id.TrimStart('_'), ActionId = step.ActionId, Name = Named(step), Condition = condition, TimeoutMinutes = null };
        return (pre, body(await files.IntoJobAsync(state, cancellationToken)));
    }

    private TemplateToken Named(Step step) => step.Name switch
    {
        null => new StringToken(step.Location, $"Pre Run {uses}"),
        ExpressionToken name => name with { Expression = $"format('Pre {{0}}', {name.Expression})" },
        var name => new StringToken(name.Location, "Pre " + name.AsText()),
    };
}

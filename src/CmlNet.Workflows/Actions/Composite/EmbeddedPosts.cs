using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Composite;

/// <summary>
/// The post steps of a composite action's steps, those of the last step first, whichever was registered first; their conditions look at the job,
/// not at the action.
/// </summary>
internal sealed class EmbeddedPosts(ActionParts parts, IReadOnlyList<Step> steps, ActionFolder folder) : IStepBody
{
    /// <summary>The action's pre or main part has run: what its steps left becomes one post step of the job.</summary>
    public static void Register(StepInvocation invocation, CompositeRuns runs, ActionFolder folder)
    {
        if (invocation.Parts.Posts.Count > 0)
            invocation.AddPost("always()", new EmbeddedPosts(invocation.Parts, runs.Steps, folder));
    }

    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        var posts = new EmbeddedSteps(invocation, folder, parts) { AsksJob = true };
        foreach (Step step in steps.Reverse())
        {
            if (parts.Posts.Find(post => post.Main.Id == step.Id) is { } post)
                await posts.RunAsync(post.ToStep(), post.Body, cancellationToken);
        }
        if (posts.Status == Conclusions.Failure)
            throw new StepFailedException("A post step of the action failed.") { IsReported = true };
        return 0;
    }
}

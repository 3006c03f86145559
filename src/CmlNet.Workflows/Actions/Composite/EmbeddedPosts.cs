using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Actions.Composite;

/// <summary>The post steps of a composite action's steps, the last first; their conditions look at the job, not at the action.</summary>
internal sealed class EmbeddedPosts(EmbeddedSteps main, ActionFolder folder, ObjectValue inputs) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        var posts = new EmbeddedSteps(invocation, folder, inputs) { Steps = main.Steps, AsksJob = true };
        for (int i = main.Posts.Count - 1; i >= 0; i--)
            await posts.RunAsync(main.Posts[i].ToStep(), main.Posts[i].Body, cancellationToken);
        if (posts.Status == Conclusions.Failure)
            throw new StepFailedException("A post step of the action failed.") { IsReported = true };
        return 0;
    }
}

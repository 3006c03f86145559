using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Node;

/// <summary>The post part of a JavaScript action, with the inputs and the saved state of its main part.</summary>
internal sealed class NodeHook(int version, string script, ActionFolder folder, IReadOnlyDictionary<string, string> inputs, IReadOnlyDictionary<string, string> saved) : IStepBody
{
    public Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken) =>
        NodeProcess.RunAsync(invocation, version, script, folder, inputs, saved, cancellationToken);
}

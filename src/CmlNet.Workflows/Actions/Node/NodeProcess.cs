using CmlNet.Containers;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Node;

/// <summary>One script of a JavaScript action, run by Node in the job.</summary>
internal static class NodeProcess
{
    public static async Task<int> RunAsync(StepInvocation invocation, int version, string script, ActionFolder folder, ActionParts parts, CancellationToken cancellationToken)
    {
        invocation.State.Nodes ??= new JobNodes(invocation.Run.Request);
        string node = await invocation.State.Nodes.FindAsync(invocation, version, cancellationToken);
        var environment = new Dictionary<string, string>(invocation.Environment, StringComparer.Ordinal);
        ActionVariables.Add(environment, parts.Inputs, parts.Saved);
        await invocation.Run.Results.AddVariablesAsync(invocation, environment, cancellationToken);
        environment["GITHUB_ACTION_PATH"] = folder.InJob;
        environment["GITHUB_ACTION_REPOSITORY"] = folder.Repository;
        environment["GITHUB_ACTION_REF"] = folder.Ref;

        var exec = new ExecSpec { Command = [node, $"{folder.InJob}/{script}"], Environment = environment, WorkingDirectory = invocation.State.Paths.Workspace };
        return await StepProcess.RunAsync(invocation, output => invocation.Container.ExecAsync(exec, output, cancellationToken));
    }
}

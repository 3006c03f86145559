using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Node;

/// <summary>The Node that runs a job's JavaScript actions: the image's own, else one of this machine that starts in the image.</summary>
internal static class NodeProgram
{
    /// <summary>The program as the job calls it; looked for once per job.</summary>
    /// <exception cref="StepFailedException">There is none.</exception>
    public static async Task<string> FindAsync(StepInvocation invocation, int wanted, CancellationToken cancellationToken)
    {
        if (invocation.State.NodeProgram is { } known)
            return known;
        (int exitCode, string version, _) = await JobCommand.AskAsync(invocation, ["sh", "-c", "command -v node >/dev/null 2>&1 && node --version"], cancellationToken);
        string program = exitCode == 0 ? "node" : await BringAsync(invocation, wanted, cancellationToken);
        if (exitCode == 0 && int.TryParse(version.TrimStart('v').Split('.')[0], out int major) && major < wanted)
            invocation.Log.Write($"##[warning]The action asks for Node {wanted}, this job's image has {version}.");
        invocation.State.NodeProgram = program;
        return program;
    }

    private static async Task<string> BringAsync(StepInvocation invocation, int wanted, CancellationToken cancellationToken)
    {
        const string Advice = "use an image that has node, or name with CML_NODE a Node program of this machine, or the folder of an official runner, which has one for Alpine, too (the npm package 'node' in the repository's node_modules is found by itself)";
        List<string> refused = [];
        foreach ((int index, string candidate) in HostNodes.Find(invocation.Run.Request).Index())
        {
            string inJob = invocation.Run.EngineInfo.RunsOnHost ? candidate : HostNodes.InJob(index);
            (int exitCode, string version, _) = await JobCommand.AskAsync(invocation, [inJob, "--version"], cancellationToken);
            if (exitCode == 0 && version.StartsWith('v'))
            {
                invocation.Log.Write($"This job's image has no node; using {version} of this machine ({candidate}).");
                return inJob;
            }
            refused.Add(candidate);
        }

        throw new StepFailedException(refused.Count == 0
            ? $"The action needs Node {wanted}, and neither this job's image nor this machine has one: {Advice}."
            : $"The action needs Node {wanted}; this job's image has none, and {string.Join(", ", refused)} does not start in it: {Advice}.");
    }
}

using CmlNet.Containers;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Actions.Docker;

/// <summary>Runs one container of a Docker action to its end, beside the job's and in its network.</summary>
internal static class DockerProcess
{
    public static async Task<int> RunAsync(StepInvocation invocation, DockerCall call, CancellationToken cancellationToken)
    {
        if (invocation.Run.Engine is not IForegroundEngine engine)
            throw new StepFailedException(DockerImage.NeedsEngine(invocation.Run.EngineInfo.Name));
        var paths = new DockerPaths(invocation);
        invocation.Log.Write($"docker run {string.Join(' ', ShownCommand(call))}");
        ContainerSpec spec = Spec(invocation, call, paths);
        int code = await StepProcess.RunAsync(invocation, output => engine.RunToEndAsync(spec, output, StopLadder.Default, cancellationToken), DockerPaths.Workspace);
        return code == 0 ? 0 : throw new StepFailedException($"Docker run failed with exit code {code}");
    }

    private static ContainerSpec Spec(StepInvocation invocation, DockerCall call, DockerPaths paths) => new()
    {
        Name = $"cml-{invocation.Run.RunId}-{FileName.From(invocation.State.LogName)}-{Guid.NewGuid().ToString("N")[..8]}".ToLowerInvariant(),
        Image = call.Image,
        Entrypoint = string.IsNullOrEmpty(call.Entrypoint) ? null : [call.Entrypoint],
        Command = call.Arguments,
        Environment = Variables(invocation, call, paths),
        WorkingDirectory = DockerPaths.Workspace,
        Mounts = paths.Mounts,
        Network = NetworkOf(invocation.Contexts),
        Labels = invocation.Run.Labels(invocation.State.Spec.Name),
        Gpus = invocation.Run.Request.Gpus ?? GpuRequest.None,
    };

    private static Dictionary<string, string> Variables(StepInvocation invocation, DockerCall call, DockerPaths paths)
    {
        var environment = new Dictionary<string, string>(call.Environment, StringComparer.Ordinal);
        foreach ((string name, string value) in invocation.Environment)
            environment[name] = value;
        // The job's is that of another image; one that the workflow set is meant.
        if (!invocation.StepEnvironment.ContainsKey("PATH") && !invocation.State.Environment.ContainsKey("PATH"))
            environment.Remove("PATH");
        ActionVariables.Add(environment, call.Inputs, call.Saved);
        environment["GITHUB_ACTION_REPOSITORY"] = call.Repository;
        environment["GITHUB_ACTION_REF"] = call.Ref;
        return environment.ToDictionary(pair => pair.Key, pair => paths.Translate(pair.Value), StringComparer.Ordinal);
    }

    /// <summary>The job's own network, in which its services are; the engine's default for a job without one.</summary>
    private static string? NetworkOf(ContextSet contexts) =>
        contexts.Job["container"] is ObjectValue container && ExpressionText.ToText(container["network"]) is { Length: > 0 } network ? network : null;

    private static IEnumerable<string> ShownCommand(DockerCall call)
    {
        if (!string.IsNullOrEmpty(call.Entrypoint))
            yield return $"--entrypoint {call.Entrypoint}";
        yield return call.Image;
        foreach (string argument in call.Arguments)
            yield return argument.Length == 0 || argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument;
    }
}

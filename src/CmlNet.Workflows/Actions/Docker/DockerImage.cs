using CmlNet.Containers;
using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Actions.Docker;

/// <summary>The image of a Docker action: a named one, or one built from the action's Dockerfile.</summary>
internal static class DockerImage
{
    private const string Scheme = "docker://";

    /// <summary>On images that were built for actions, so that they can be found: <c>docker image prune --all --filter label=cmlnet.action</c>.</summary>
    private const string Label = "cmlnet.action";

    public static bool IsNamed(string? image) => image is not null && image.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>As on GitHub: <c>Dockerfile</c>, <c>Dockerfile.x</c> or <c>x.Dockerfile</c>, in any folder of the action.</summary>
    public static bool IsDockerfile(string image)
    {
        string name = image[(image.LastIndexOf('/') + 1)..];
        return name.Equals("Dockerfile", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("Dockerfile.", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".Dockerfile", StringComparison.OrdinalIgnoreCase);
    }

    public static string NeedsEngine(string engine) => $"Docker actions need containers, which the {engine} engine has not: run it with --engine docker";

    /// <summary>Has the engine hold an image that is named.</summary>
    /// <returns>Its reference.</returns>
    public static async Task<string> PullAsync(StepInvocation invocation, string image, CancellationToken cancellationToken)
    {
        var request = new ImageRequest { Reference = image[Scheme.Length..] };
        return (await invocation.Run.Engine.EnsureImageAsync(request, new PullProgress(invocation.Run, invocation.State.Spec), cancellationToken)).Reference;
    }

    /// <returns>What the engine calls the image.</returns>
    public static async Task<string> GetAsync(StepInvocation invocation, ActionManifest manifest, DockerRuns runs, ActionFolder folder, CancellationToken cancellationToken)
    {
        if (invocation.Run.Engine is not IImageBuilder builder)
            throw new StepFailedException(NeedsEngine(invocation.Run.EngineInfo.Name));
        if (IsNamed(runs.Image))
            return await PullAsync(invocation, runs.Image, cancellationToken);
        string dockerfile = Path.GetFullPath(Path.Combine(folder.Host, runs.Image));
        LinkFreePath.Demand(folder.Host, dockerfile, runs.Image);
        if (FileKinds.Of(dockerfile) != FileKind.Regular)
            throw new StepFailedException($"The action {manifest.Path} has no file {runs.Image}.");
        return await BuildAsync(invocation, builder, manifest.Path, folder, dockerfile, cancellationToken);
    }

    /// <summary>From a copy out of the job's reach: what it still runs must not change files while they are packed.</summary>
    private static async Task<string> BuildAsync(StepInvocation invocation, IImageBuilder builder, string action, ActionFolder folder, string dockerfile, CancellationToken cancellationToken)
    {
        string copy = Path.Combine(invocation.Run.Scratch, "images", Guid.NewGuid().ToString("N"));
        await using (await HeldJob.HoldAsync(invocation, cancellationToken))
        {
            // Again, as nobody can change it now.
            LinkFreePath.Demand(folder.Host, dockerfile, Path.GetFileName(dockerfile));
            // Not null: a file has a folder.
            await WorkspaceCopier.CopyAsync(Path.GetDirectoryName(dockerfile)!, copy, static path => path is ".git" or ".cml", cancellationToken);
        }
        invocation.Log.Write($"##[group]Build the image of {action}");
        try
        {
            var build = new ImageBuild
            {
                Tag = $"cml-action:{(uint)StableId.Of("image", $"{invocation.Run.Input.Repository}/{action}"):x8}",
                Folder = copy,
                Dockerfile = Path.GetFileName(dockerfile),
                Labels = new Dictionary<string, string>(StringComparer.Ordinal) { [Label] = action },
            };
            return await builder.BuildAsync(build, new LogProgress(invocation.Log), cancellationToken);
        }
        finally
        {
            invocation.Log.Write("##[endgroup]");
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>In the order in which it comes, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class LogProgress(StepLog log) : IProgress<string>
    {
        public void Report(string value) => log.Write(value);
    }
}

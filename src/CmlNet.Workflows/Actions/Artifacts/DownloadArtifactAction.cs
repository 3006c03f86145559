using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Planning;

namespace CmlNet.Workflows.Actions.Artifacts;

/// <summary><c>actions/download-artifact</c>: what an earlier job of this run uploaded, one artifact or all that fit a pattern.</summary>
internal sealed class DownloadArtifactAction : IBuiltInAction
{
    private const string OfThisRun = "only artifacts of this run, by name or pattern, are there";

    public string Name => "actions/download-artifact";

    public IReadOnlyList<BuiltInInput> Inputs { get; } =
    [
        new("name"), new("path"), new("pattern"), new("merge-multiple"),
        new("repository"),
        new("run-id"),
        new("artifact-ids") { Refused = OfThisRun },
        new("github-token") { Idle = "nothing is downloaded" },
    ];

    public Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        var inputs = new ActionInputs(invocation, this);
        // What the real action takes for the default is meant as one.
        foreach ((string name, string own) in new[] { ("repository", "repository"), ("run-id", "run_id") })
        {
            if (inputs[name].Length > 0 && inputs[name] != ExpressionText.ToText(invocation.Contexts.GitHub[own]))
                throw new StepFailedException($"{Name} with '{name}' is not supported by cml run: {OfThisRun}.");
        }
        JobFileMap map = invocation.Files;
        string target = map.ToHost(inputs["path"]) ?? throw new StepFailedException($"The path '{inputs["path"]}' is in the image, not in the workspace, the home or the temp folder: cml run cannot write there.");
        // Not null: the map led there.
        string root = map.RootOf(target)!;
        LinkFreePath.Demand(root, target, inputs["path"]);

        var store = new ArtifactStore(invocation.Run.Directory.Path);
        try
        {
            Copy(invocation, inputs, store, root, target, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StepFailedException($"The download failed: {e.Message}", e);
        }
        invocation.Outputs.Set("download-path", map.InJob(inputs["path"]));
        return Task.FromResult(0);
    }

    private static void Copy(StepInvocation invocation, ActionInputs inputs, ArtifactStore store, string root, string target, CancellationToken cancellationToken)
    {
        string name = inputs["name"];
        if (name.Length > 0)
        {
            if (!store.Names().Contains(ArtifactName.Demand(name), StringComparer.Ordinal))
                throw new StepFailedException($"Unable to download artifact(s): Artifact not found for name: {name}. Artifacts of this run: {(store.Names().Count == 0 ? "none" : string.Join(", ", store.Names()))}.");
            Copy(invocation, store, name, root, target, cancellationToken);
            return;
        }
        string[] names = [.. Chosen(store.Names(), inputs["pattern"])];
        bool merge = inputs["merge-multiple"].Equals("true", StringComparison.OrdinalIgnoreCase);
        Directory.CreateDirectory(target);
        foreach (string one in names)
            Copy(invocation, store, one, root, merge ? target : Path.Combine(target, one), cancellationToken);
        invocation.Log.Write($"Total of {names.Length} artifact(s) downloaded.");
    }

    private static IEnumerable<string> Chosen(IReadOnlyList<string> names, string pattern)
    {
        if (pattern.Length == 0)
            return names;
        try
        {
            var glob = new GlobPattern(pattern);
            return names.Where(glob.IsMatch);
        }
        catch (ArgumentException e)
        {
            throw new StepFailedException(e.Message, e);
        }
    }

    private static void Copy(StepInvocation invocation, ArtifactStore store, string name, string root, string target, CancellationToken cancellationToken)
    {
        int count = store.CopyTo(name, root, target, cancellationToken);
        invocation.Log.Write($"Artifact {name}: {count} {(count == 1 ? "file" : "files")}.");
    }
}

using CmlNet.Containers;
using CmlNet.Workflows.Actions.Checkout;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Node;

/// <summary>The Node programs of this machine that jobs may use: for glibc and for musl, as the official runner's distribution has them, or from an npm package.</summary>
internal static class HostNodes
{
    private const string JobFolder = "/__e";
    private const int Most = 6;

    private static readonly string[] RunnerFolders = ["node24", "node20", "node24_alpine", "node20_alpine"];

    /// <summary>Read-only in the container of a job that may run a JavaScript action.</summary>
    public static IEnumerable<Mount> MountsFor(RunRequest request, Job job) =>
        job.Steps.Any(step => step.Uses is not null && !CheckoutAction.Handles(step.Uses)) ? Find(request).Select(node => new Mount(node.Path, node.InJob, ReadOnly: true)) : [];

    /// <summary>The best first; links are followed, as the engine mounts files.</summary>
    public static IReadOnlyList<HostNode> Find(RunRequest request)
    {
        IEnumerable<string> named = request.NodeProgram is { } given ? [given, .. In(given)] : [];
        IEnumerable<string> others = InRepository(request.RepositoryRoot)
            .Concat(request.SearchPath.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(path => Path.Combine(path, "node")));
        return [.. named.Select(path => (Path: path, IsNamed: true)).Concat(others.Select(path => (Path: path, IsNamed: false)))
            .Where(place => File.Exists(place.Path))
            .Select(place => place with { Path = Target(place.Path) })
            .Where(place => !place.Path.Contains(':', StringComparison.Ordinal))
            .DistinctBy(place => place.Path, StringComparer.Ordinal)
            .Take(Most)
            .Select((place, index) => new HostNode(place.Path, $"{JobFolder}/{index}/node", place.IsNamed))];
    }

    /// <summary>Mounted, a link that the repository holds would show the job whatever file it leads to.</summary>
    private static IEnumerable<string> InRepository(string root)
    {
        string at = root;
        foreach (string part in new[] { "node_modules", "node", "bin" })
        {
            at = Path.Combine(at, part);
            if (FileKinds.Of(at) != FileKind.Directory)
                return [];
        }
        string program = Path.Combine(at, "node");
        return FileKinds.Of(program) == FileKind.Regular ? [program] : [];
    }

    /// <summary>A folder may be Node's own, an npm project's, or that of the official runner.</summary>
    private static IEnumerable<string> In(string folder) =>
    [
        Path.Combine(folder, "bin", "node"),
        Path.Combine(folder, "node_modules", "node", "bin", "node"),
        .. RunnerFolders.Select(name => Path.Combine(folder, name, "bin", "node")),
        .. RunnerFolders.Select(name => Path.Combine(folder, "externals", name, "bin", "node")),
    ];

    private static string Target(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}

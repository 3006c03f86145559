using System.Globalization;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Node;

/// <summary>
/// The Nodes that one job has: those that CML_NODE names, then the image's own, then others of this machine; each is asked for its version
/// once. An action gets the first of these places that has its major version or a newer one, and there the closest.
/// </summary>
internal sealed class JobNodes(RunRequest request)
{
    private const string Advice = "use an image that has one, or name with CML_NODE a Node program of this machine, or the folder of an official runner, which has one for Alpine, too (the npm package 'node' in the repository's node_modules is found by itself)";

    private readonly IReadOnlyList<HostNode> _host = HostNodes.Find(request);
    private readonly List<JobNode> _found = [];
    private readonly List<string> _silent = [];
    private IReadOnlyList<JobNode>? _named;
    private IReadOnlyList<JobNode>? _image;
    private IReadOnlyList<JobNode>? _others;

    /// <returns>The program as the job calls it.</returns>
    /// <exception cref="StepFailedException">There is none that is new enough.</exception>
    public async Task<string> FindAsync(StepInvocation invocation, int wanted, CancellationToken cancellationToken)
    {
        _named ??= await AskNamedAsync(invocation, cancellationToken);
        if (Closest(_named, wanted) is { } named)
            return Use(invocation, named);
        foreach (JobNode old in _named)
            invocation.Log.Write($"##[warning]The action needs Node {wanted}; {old.Version} of {old.Shown}, which CML_NODE names, is passed over as too old.");
        _image ??= await AskImageAsync(invocation, cancellationToken);
        if (Closest(_image, wanted) is { } own)
            return own.Program;
        _others ??= await AskAsync(invocation, _host.Where(node => !node.IsNamed), cancellationToken);
        return Closest(_others, wanted) is { } other ? Use(invocation, other) : throw new StepFailedException(Missing(wanted));
    }

    private static JobNode? Closest(IReadOnlyList<JobNode> nodes, int wanted) => nodes.Where(node => node.Major >= wanted).MinBy(node => node.Major);

    private static string Use(StepInvocation invocation, JobNode node)
    {
        invocation.Log.Write($"Using Node {node.Version} of this machine ({node.Shown}).");
        return node.Program;
    }

    private string Missing(int wanted)
    {
        string silent = string.Join(", ", _silent);
        if (_found.Count > 0)
        {
            string had = string.Join(", ", _found.Select(node => $"{node.Version} of {node.Shown}"));
            return $"The action needs Node {wanted}, and what there is is too old: {had}{(silent.Length > 0 ? $" ({silent} does not start in this job's image)" : "")}: {Advice}.";
        }
        return silent.Length == 0
            ? $"The action needs Node {wanted}, and neither this job's image nor this machine has one: {Advice}."
            : $"The action needs Node {wanted}; this job's image has none, and {silent} does not start in it: {Advice}.";
    }

    private async Task<IReadOnlyList<JobNode>> AskNamedAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        if (request.NodeProgram is { } named && !_host.Any(node => node.IsNamed))
            invocation.Log.Write($"##[warning]CML_NODE names {named}, where there is no Node program.");
        return await AskAsync(invocation, _host.Where(node => node.IsNamed), cancellationToken);
    }

    private async Task<IReadOnlyList<JobNode>> AskImageAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        (int exitCode, string version, _) = await JobCommand.AskAsync(invocation, ["sh", "-c", "command -v node >/dev/null 2>&1 && node --version"], cancellationToken);
        return exitCode == 0 && Add("node", version, "this job's image") is { } node ? [node] : [];
    }

    private async Task<IReadOnlyList<JobNode>> AskAsync(StepInvocation invocation, IEnumerable<HostNode> candidates, CancellationToken cancellationToken)
    {
        var nodes = new List<JobNode>();
        foreach (HostNode candidate in candidates)
        {
            string program = invocation.Run.EngineInfo.RunsOnHost ? candidate.Path : candidate.InJob;
            (int exitCode, string version, _) = await JobCommand.AskAsync(invocation, [program, "--version"], cancellationToken);
            if (exitCode == 0 && Add(program, version, candidate.Path) is { } node)
                nodes.Add(node);
            else
                _silent.Add(candidate.Path);
        }
        return nodes;
    }

    /// <summary>Null for what does not answer as a Node.</summary>
    private JobNode? Add(string program, string version, string shown)
    {
        if (!version.StartsWith('v') || version.Length > 40 || !int.TryParse(version[1..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major))
            return null;
        var node = new JobNode(program, version, major, shown);
        _found.Add(node);
        return node;
    }
}

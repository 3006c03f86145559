using CmlNet.Workflows.Execution.Files.Search;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Actions.Caching;

/// <summary>What a cache step asks for, and where its caches are.</summary>
internal sealed class CacheRequest
{
    private readonly StepInvocation _invocation;
    private readonly JobFileMap _map;
    private readonly string[] _lines;

    public CacheRequest(StepInvocation invocation, ActionInputs inputs)
    {
        _invocation = invocation;
        _map = invocation.Files;
        Key = Demand(inputs, "key");
        if (Key.Length > 512)
            throw new StepFailedException($"Key Validation Error: {Key} cannot be larger than 512 characters.");
        if (Key.Contains(',', StringComparison.Ordinal))
            throw new StepFailedException($"Key Validation Error: {Key} cannot contain commas.");
        _lines = Lines(Demand(inputs, "path"));
        RestoreKeys = Lines(inputs["restore-keys"]);
        FailsOnMiss = inputs["fail-on-cache-miss"].Equals("true", StringComparison.OrdinalIgnoreCase);
        LooksOnly = inputs["lookup-only"].Equals("true", StringComparison.OrdinalIgnoreCase);
        string engine = invocation.Run.EngineInfo.RunsOnHost ? "host" : "container";
        Store = new CacheStore(invocation.Run.Request.RepositoryRoot, $"{engine}\n{invocation.Run.EngineInfo.Architecture}\n{string.Join('\n', _lines)}");
    }

    public string Key { get; }

    public IReadOnlyList<string> RestoreKeys { get; }

    public bool FailsOnMiss { get; }

    public bool LooksOnly { get; }

    public CacheStore Store { get; }

    /// <summary>The folder that archives start from: everything in a container, only the job's own folder on this machine.</summary>
    public string ArchiveRoot => _invocation.Run.EngineInfo.RunsOnHost ? _invocation.State.Paths.HostRoot : "/";

    /// <summary>What is to be stored, from <see cref="ArchiveRoot"/>. Lines with wildcards are looked up now; what is not there the archiver leaves out.</summary>
    public IReadOnlyList<string> Members(CancellationToken cancellationToken)
    {
        var members = new List<string>();
        bool plain = !_lines.Any(line => line.StartsWith('!') || line.AsSpan().IndexOfAny('*', '?', '[') >= 0);
        IEnumerable<string> paths = plain ? _lines.Select(_map.InJob) : Found(cancellationToken);
        string root = ArchiveRoot.TrimEnd('/') + "/";
        foreach (string path in paths)
        {
            if (path.StartsWith(root, StringComparison.Ordinal) && path.Length > root.Length)
                members.Add("./" + path[root.Length..]);
            else
                _invocation.Log.Write($"##[warning]'{path}' is outside of the job's directories and is not cached.");
        }
        return members;
    }

    private IEnumerable<string> Found(CancellationToken cancellationToken)
    {
        try
        {
            string host = _map.HostWorkspace;
            string inJob = _invocation.State.Paths.Workspace;
            return [.. new FileSearch(_lines, _map, LinkUse.Name).Files(cancellationToken).Select(file => file.Path).Where(file => file.StartsWith(host + "/", StringComparison.Ordinal)).Select(file => inJob + file[host.Length..])];
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            throw new StepFailedException($"The cache's path cannot be read: {e.Message}", e);
        }
    }

    private static string Demand(ActionInputs inputs, string name) =>
        inputs[name] is { Length: > 0 } value ? value : throw new StepFailedException($"Input required and not supplied: {name}");

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}

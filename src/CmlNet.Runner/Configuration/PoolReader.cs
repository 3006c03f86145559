using CmlNet.Reports.Configuration;

namespace CmlNet.Runner.Configuration;

/// <summary>The <c>pools:</c> list, with the rules that a schema cannot say.</summary>
internal sealed class PoolReader(string file, List<ConfigError> errors)
{
    public const int LongestName = 48;

    // Variables with a meaning to the runner itself or to the container runtime.
    private static readonly string[] ReservedPrefixes = ["ACTIONS_RUNNER_", "NVIDIA_", "LD_"];

    public IReadOnlyList<PoolConfiguration> Read(ConfigNode list, ConfigNode root)
    {
        IReadOnlyList<ConfigNode> items = list.Items ?? [];
        if (items.Count == 0)
            Add(list, "pools must have at least one pool");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var pools = new List<PoolConfiguration>();
        foreach (ConfigNode item in items)
        {
            PoolConfiguration pool = Pool(item);
            if (!names.Add(pool.Name))
                Add(item.Find("name")!, $"two pools are named '{pool.Name}'"); // demanded by the schema
            if (pool.Mode == JobSourceKind.Webhook && root.Find("webhook") is null or { IsNull: true })
                Add(item.Find("mode")!, $"pool '{pool.Name}' has mode: webhook, and the file says nothing under 'webhook'"); // it is set, or it would be ScaleSet
            if (pool.Mode != JobSourceKind.ScaleSet && IsNotRepository(root))
                Add(item.Find("mode")!, $"pool '{pool.Name}': mode: rest and mode: webhook are for one repository; 'scope' names an organization or enterprise. Use mode: scale-set"); // as above
            Check(item, pool);
            pools.Add(pool);
        }

        return pools;
    }

    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') && char.IsAsciiLetterOrDigit(name[0]);

    public static bool IsImage(string image) => image.Length > 0 && image[0] != '-' && !image.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private static bool IsNotRepository(ConfigNode root) =>
        Uri.TryCreate(root.Text("scope"), UriKind.Absolute, out Uri? scope)
        && scope.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) is not ([var first, _] and not ["enterprises", _] and not ["Enterprises", _]);

    private PoolConfiguration Pool(ConfigNode item)
    {
        string name = item.Text("name") ?? "";
        return new PoolConfiguration
        {
            Name = name,
            Labels = Quantities.Texts(item, "labels") is { Count: > 0 } labels ? labels : [name],
            Mode = item.Text("mode") switch { "rest" => JobSourceKind.Rest, "webhook" => JobSourceKind.Webhook, _ => JobSourceKind.ScaleSet },
            Image = item.Text("image") ?? PoolConfiguration.DefaultImage,
            AlwaysPull = item.Text("pull") == "always",
            Command = Quantities.Texts(item, "command") is { Count: > 0 } command ? command : ["/home/runner/run.sh"],
            Shape = Shape(item),
            MinIdle = Quantities.Whole(item, "min-idle", 0),
            Max = Quantities.Whole(item, "max", 1),
            Caches = [.. (item.Find("caches")?.Items ?? []).Select(Cache)],
            Environment = Variables(item.Find("env")),
            Network = item.Text("network") ?? "own",
            IsTrusted = item.Find("trusted") is null || item.Flag("trusted"),
            HasEngineSocket = item.Flag("docker-socket"),
            JobTimeout = Quantities.Duration(item, "timeout"),
            StartTimeout = Quantities.Duration(item, "start-timeout") ?? TimeSpan.FromMinutes(20),
            AfterJob = Quantities.Duration(item, "after-job") ?? TimeSpan.FromMinutes(5),
            Reruns = Quantities.Whole(item, "reruns", 0),
            Report = Report(item.Find("report")),
        };
    }

    private static PoolShape Shape(ConfigNode item) => new()
    {
        Gpus = Quantities.Whole(item, "gpus", 0),
        GpuMemoryBytes = Quantities.Size(item, "gpu-memory") ?? 0,
        Cpus = item.Number("cpus") ?? 0,
        MemoryBytes = Quantities.Size(item, "memory") ?? 0,
        SharedMemoryBytes = Quantities.Size(item, "shm") ?? 0,
        DiskBytes = Quantities.Size(item, "disk") ?? 0,
        WorksInMemory = item.Text("work") == "memory",
        Pids = Quantities.Whole(item, "pids", 16384),
    };

    private static CacheMount Cache(ConfigNode cache) => new(cache.Text("host") ?? cache.Text("volume") ?? "", cache.Text("at") ?? "", cache.Flag("read-only"));

    private static ReportSettings Report(ConfigNode? node) => node is null ? new ReportSettings() : new ReportSettings
    {
        IsEnabled = node.Find("enabled") is null || node.Flag("enabled"),
        Title = node.Text("title") ?? "Report",
        IsUpdated = node.Find("update") is null || node.Flag("update"),
        HasBaseline = node.Find("baseline") is null || node.Flag("baseline"),
        HasResources = node.Find("resources") is null || node.Flag("resources"),
        LimitBytes = Quantities.Size(node, "limit") ?? 64 * 1024 * 1024,
    };

    private Dictionary<string, string> Variables(ConfigNode? node)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ConfigEntry entry in node?.Entries ?? [])
        {
            if (entry.Value.AsText is not { } value)
                Add(entry.Value, $"env.{entry.Key} must be a text, not {entry.Value.Seen}");
            else if (entry.Key.Length == 0 || entry.Key.Contains('=', StringComparison.Ordinal) || Array.Exists(ReservedPrefixes, prefix => entry.Key.StartsWith(prefix, StringComparison.Ordinal)))
                errors.Add(new ConfigError(file, entry.Line, entry.Column, $"the variable '{entry.Key}' cannot be set: it has a meaning to the runner itself"));
            else
                variables[entry.Key] = value;
        }

        return variables;
    }

    private void Check(ConfigNode item, PoolConfiguration pool)
    {
        if (!IsName(pool.Name))
            Add(item.Find("name")!, $"a pool's name must have only letters, digits, '.', '_' and '-' (at most {LongestName}), not '{(pool.Name.Length > 2 * LongestName ? pool.Name[..(2 * LongestName)] + "…" : pool.Name)}'"); // demanded by the schema
        if (!IsImage(pool.Image))
            Add(item.Find("image")!, $"image must be a name such as {PoolConfiguration.DefaultImage}, not '{pool.Image}'"); // set, or it would be the default
        if (pool.Network.Length == 0 || pool.Network.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            Add(item.Find("network")!, $"network must be own, shared, none, or the name of a network, not '{pool.Network}'"); // as above
        if (item.Find("command") is { } command && (Quantities.Texts(item, "command") is not [var program, ..] || string.IsNullOrWhiteSpace(program)))
            Add(command, "command must begin with a program of the image");
        foreach (ConfigNode label in item.Find("labels")?.Items?.Where(label => string.IsNullOrWhiteSpace(label.AsText) || label.AsText.Contains(',', StringComparison.Ordinal)) ?? [])
            Add(label, $"a label must not be empty or have a comma in it, not {label.Seen}");
        if (pool.Shape.Cpus is > 0 and < 0.01)
            Add(item.Find("cpus")!, $"cpus must be at least 0.01, or 0 for no limit, not {item.Find("cpus")!.Seen}"); // set, or it would be 0
        if (pool.MinIdle > pool.Max)
            Add(item.Find("min-idle")!, $"min-idle ({pool.MinIdle}) must not be more than max ({pool.Max})"); // set, or it would be 0
        if (pool.MinIdle > 0 && pool.Mode != JobSourceKind.ScaleSet)
            Add(item.Find("min-idle")!, "min-idle is for mode: scale-set; the other modes start a runner for each job"); // as above
        if (pool.Shape is { GpuMemoryBytes: > 0, Gpus: 0 })
            Add(item.Find("gpu-memory")!, "gpu-memory without gpus: no GPU is asked for"); // set, or it would be 0
        if (pool.Shape is { WorksInMemory: true, DiskBytes: 0 })
            Add(item.Find("work")!, "work: memory needs a size: set 'disk'"); // set, or it would be false
        foreach (ConfigNode cache in item.Find("caches")?.Items ?? [])
            CheckCache(cache, pool);
        if (pool is { HasEngineSocket: true, IsTrusted: false })
            Add(item.Find("docker-socket")!, $"pool '{pool.Name}' is not trusted and would get the engine's socket, which is as good as root. Take one of the two away"); // set, or it would be false
        if (!pool.IsTrusted && pool.Network is not ("own" or "none"))
            Add(item.Find("network")!, $"pool '{pool.Name}' is not trusted: its jobs must not share a network. Use network: own or none"); // set, or it would be own
    }

    private void CheckCache(ConfigNode node, PoolConfiguration pool)
    {
        CacheMount cache = Cache(node);
        if (!cache.Target.StartsWith('/') || cache.Target.Contains(':', StringComparison.Ordinal) || cache.Target.Split('/').Contains("..", StringComparer.Ordinal))
            Add(node.Find("at")!, $"at must be an absolute path without ':' and '..', not '{cache.Target}'"); // demanded by the schema
        if (node.Find("host") is { } host && !cache.Source.StartsWith('/'))
            Add(host, $"host must be an absolute path, not '{cache.Source}'");
        if (node.Find("volume") is { } volume && !IsName(cache.Source))
            Add(volume, $"volume must be a name, not '{cache.Source}'; a path of this machine goes under 'host'");
        if (!pool.IsTrusted && !cache.IsReadOnly)
            Add(node, $"pool '{pool.Name}' is not trusted: one job could leave something there for the next. Add read-only: true");
    }

    private void Add(ConfigNode at, string message) => errors.Add(new ConfigError(file, at.Line, at.Column, message));
}

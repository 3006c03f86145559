using CmlNet.Containers.Docker.Wire;

namespace CmlNet.Containers.Docker;

/// <summary>Builds what the engine is asked to create from what was specified. Pure: the same in gives the same out.</summary>
internal static class CreateRequestBuilder
{
    public static ContainerCreateRequest Build(ContainerSpec spec)
    {
        var options = spec.Options;
        var ports = spec.Ports.Concat(options.Ports).Select(PortMapping.Parse).ToLookup(p => p.ContainerPort, p => p.Binding, StringComparer.Ordinal);
        return new ContainerCreateRequest
        {
            Image = ImageReference.Parse(spec.Image).ToString(),
            Hostname = options.Hostname,
            User = options.User ?? spec.User,
            // Options come from the workflow's author and go last, as on docker's own command line.
            Env = ToEntries(Merge(spec.Environment, options.Environment)),
            Cmd = NullIfEmpty(spec.Command),
            // An empty list would keep the image's entry point; one empty string clears it (docker --entrypoint "").
            Entrypoint = options.Entrypoint is { } program ? [program] : spec.Entrypoint is { Count: 0 } ? [""] : spec.Entrypoint,
            WorkingDir = options.WorkingDirectory ?? spec.WorkingDirectory,
            StopSignal = options.StopSignal,
            StopTimeout = options.StopTimeout is { } patience ? (int)patience.TotalSeconds : null,
            Labels = Merge(options.Labels, spec.Labels),
            ExposedPorts = ports.Count == 0 ? null : ports.ToDictionary(p => p.Key, _ => new EmptyObject(), StringComparer.Ordinal),
            Healthcheck = options.HealthCheck is { } check ? ToHealth(check) : null,
            Volumes = Anonymous(spec) is { Count: > 0 } volumes ? volumes : null,
            HostConfig = BuildHost(spec, ports),
            NetworkingConfig = BuildNetworking(spec),
        };
    }

    private static HostConfig BuildHost(ContainerSpec spec, ILookup<string, PortBinding> ports)
    {
        var options = spec.Options;
        var gpus = options.Gpus.IsNone ? spec.Gpus : options.Gpus;
        return new HostConfig
        {
            Memory = NullIfZero(options.MemoryBytes),
            MemorySwap = NullIfZero(options.MemorySwapBytes),
            NanoCpus = NullIfZero(options.NanoCpus),
            CpusetCpus = options.CpuSet,
            CpuShares = NullIfZero(options.CpuShares),
            PidsLimit = NullIfZero(options.PidsLimit),
            ShmSize = NullIfZero(options.SharedMemoryBytes),
            Privileged = options.Privileged ? true : null,
            Init = options.Init ? true : null,
            ReadonlyRootfs = options.ReadOnlyRoot ? true : null,
            IpcMode = options.IpcMode,
            PidMode = options.PidMode,
            UsernsMode = options.UserNamespace,
            Runtime = options.Runtime,
            NetworkMode = spec.Network,
            Binds = NullIfEmpty([.. spec.Mounts.Concat(options.Mounts).Where(mount => mount.Source.Length > 0).Select(ToBind)]),
            CapAdd = NullIfEmpty(options.AddedCapabilities),
            CapDrop = NullIfEmpty(options.DroppedCapabilities),
            GroupAdd = NullIfEmpty(options.AddedGroups),
            ExtraHosts = NullIfEmpty(options.ExtraHosts),
            SecurityOpt = NullIfEmpty(options.SecurityOptions),
            Dns = NullIfEmpty(options.Dns),
            DnsSearch = NullIfEmpty(options.DnsSearch),
            Tmpfs = options.Tmpfs.Count == 0 ? null : options.Tmpfs.Select(t => t.Split(':', 2)).ToDictionary(t => t[0], t => t.Length > 1 ? t[1] : "", StringComparer.Ordinal),
            StorageOpt = options.DiskBytes == 0 ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["size"] = options.DiskBytes.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            Sysctls = options.Sysctls.Count == 0 ? null : options.Sysctls,
            Ulimits = NullIfEmpty([.. options.Ulimits.Select(u => ToUlimit(u.Key, u.Value))]),
            Devices = NullIfEmpty([.. options.Devices.Select(ToDevice)]),
            DeviceRequests = gpus.IsNone ? null : [ToDeviceRequest(gpus)],
            PortBindings = ports.Count == 0 ? null : ports.ToDictionary(p => p.Key, p => (IReadOnlyList<PortBinding>)[.. p], StringComparer.Ordinal),
        };
    }

    // The engine refuses aliases on its default networks, and a count together with ids.
    private static NetworkingConfig? BuildNetworking(ContainerSpec spec) =>
        spec.Network is null or "none" or "host" or "bridge" or "default" || spec.NetworkAliases.Count == 0
            ? null
            : new NetworkingConfig
            {
                EndpointsConfig = new Dictionary<string, EndpointSettings>(StringComparer.Ordinal) { [spec.Network] = new() { Aliases = spec.NetworkAliases } },
            };

    private static DeviceRequest ToDeviceRequest(GpuRequest gpus) => new()
    {
        // No driver by name: the engine picks the one that can do "gpu" (nvidia, or CDI on newer engines).
        Driver = "",
        Count = gpus.DeviceIds.Count > 0 ? 0 : gpus.Count,
        DeviceIds = NullIfEmpty(gpus.DeviceIds),
        Capabilities = [["gpu"]],
    };

    private static HealthConfig ToHealth(HealthCheck check) => new()
    {
        Test = check.Disabled ? ["NONE"] : check.Command is null ? null : ["CMD-SHELL", check.Command],
        Interval = ToNanoseconds(check.Interval),
        Timeout = ToNanoseconds(check.Timeout),
        StartPeriod = ToNanoseconds(check.StartPeriod),
        Retries = check.Retries,
    };

    private static Dictionary<string, EmptyObject> Anonymous(ContainerSpec spec) =>
        spec.Mounts.Concat(spec.Options.Mounts).Where(mount => mount.Source.Length == 0).DistinctBy(mount => mount.Target, StringComparer.Ordinal).ToDictionary(mount => mount.Target, _ => new EmptyObject(), StringComparer.Ordinal);

    private static string ToBind(Mount mount)
    {
        if (mount.Source.Contains(':', StringComparison.Ordinal) || mount.Target.Contains(':', StringComparison.Ordinal))
            throw new EngineException(EngineErrorKind.Refused, $"'{mount.Source}' cannot be mounted at '{mount.Target}': the engine's mounts cannot have a colon in a path. Rename the folder.");
        return $"{mount.Source}:{mount.Target}{(mount.ReadOnly ? ":ro" : "")}";
    }

    private static DeviceMapping ToDevice(string text)
    {
        var parts = text.Split(':');
        return parts switch
        {
            [var host] => new DeviceMapping(host, host, "rwm"),
            [var host, var second] when second.Trim('r', 'w', 'm').Length == 0 => new DeviceMapping(host, host, second),
            [var host, var inside] => new DeviceMapping(host, inside, "rwm"),
            [var host, var inside, var permissions] => new DeviceMapping(host, inside, permissions),
            _ => throw new EngineException(EngineErrorKind.Refused, $"'{text}' is not a device. Expected HOST[:CONTAINER[:PERMISSIONS]], e.g. /dev/fuse."),
        };
    }

    private static Ulimit ToUlimit(string name, string value)
    {
        var parts = value.Split(':');
        if (parts.Length > 2 || !long.TryParse(parts[0], out var soft) || !long.TryParse(parts[^1], out var hard))
            throw new EngineException(EngineErrorKind.Refused, $"'{name}={value}' is not a limit. Expected NAME=SOFT[:HARD], e.g. memlock=-1.");
        return new Ulimit(name, soft, hard);
    }

    public static IReadOnlyList<string>? ToEntries(IReadOnlyDictionary<string, string> environment) =>
        environment.Count == 0 ? null : [.. environment.Select(e => ToEntry(e.Key, e.Value))];

    private static string ToEntry(string name, string value) =>
        name.Length == 0 || name.AsSpan().ContainsAny('=', '\0') || value.Contains('\0', StringComparison.Ordinal)
            ? throw new EngineException(EngineErrorKind.Refused, $"The environment variable '{name.Replace("\0", "\\0", StringComparison.Ordinal)}' cannot be passed on: its name is empty or has '=' in it, or it contains a NUL byte.")
            : $"{name}={value}";

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> winner)
    {
        var merged = new Dictionary<string, string>(first, StringComparer.Ordinal);
        foreach (var (key, value) in winner)
            merged[key] = value;
        return merged;
    }

    private static long? ToNanoseconds(TimeSpan? duration) => duration is { } d ? d.Ticks * TimeSpan.NanosecondsPerTick : null;

    private static long? NullIfZero(long value) => value == 0 ? null : value;

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string> list) => list.Count == 0 ? null : list;

    private static IReadOnlyList<T>? NullIfEmpty<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : list;
}

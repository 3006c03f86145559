using static CmlNet.Containers.Options.CompoundValues;
using static CmlNet.Containers.Options.Quantities;

namespace CmlNet.Containers.Options;

/// <summary>The flags of <c>docker create</c> that a workflow may use in <c>container.options</c>.</summary>
internal static class OptionTable
{
    public static IReadOnlyList<OptionFlag> Flags { get; } =
    [
        Value("add-host", (o, v) => o with { ExtraHosts = [.. o.ExtraHosts, v] }),
        Value("cap-add", (o, v) => o with { AddedCapabilities = [.. o.AddedCapabilities, v] }),
        Value("cap-drop", (o, v) => o with { DroppedCapabilities = [.. o.DroppedCapabilities, v] }),
        Value("cpu-shares", 'c', (o, v) => o with { CpuShares = Whole(v) }),
        Value("cpus", (o, v) => o with { NanoCpus = NanoCpus(v) }),
        Value("cpuset-cpus", (o, v) => o with { CpuSet = v }),
        Value("device", (o, v) => o with { Devices = [.. o.Devices, v] }),
        Value("dns", (o, v) => o with { Dns = [.. o.Dns, v] }),
        Value("dns-search", (o, v) => o with { DnsSearch = [.. o.DnsSearch, v] }),
        Value("entrypoint", (o, v) => o with { Entrypoint = v }),
        Value("env", 'e', (o, v) => o with { Environment = OptionDraft.Add(o.Environment, Pair(v)) }),
        Value("gpus", (o, v) => o with { Gpus = Gpus(v) }),
        Value("group-add", (o, v) => o with { AddedGroups = [.. o.AddedGroups, v] }),
        Health("health-cmd", (h, v) => h with { Command = v }),
        Health("health-interval", (h, v) => h with { Interval = Duration(v) }),
        Health("health-retries", (h, v) => h with { Retries = checked((int)Math.Clamp(Whole(v), 0, int.MaxValue)) }),
        Health("health-start-period", (h, v) => h with { StartPeriod = Duration(v) }),
        Health("health-timeout", (h, v) => h with { Timeout = Duration(v) }),
        Value("hostname", 'h', (o, v) => o with { Hostname = v }),
        Switch("init", (o, on) => o with { Init = on }),
        Value("ipc", (o, v) => o with { IpcMode = v }),
        Value("label", 'l', (o, v) => o with { Labels = OptionDraft.Add(o.Labels, Label(v)) }),
        Value("memory", 'm', (o, v) => o with { MemoryBytes = Bytes(v) }),
        Value("memory-swap", (o, v) => o with { MemorySwapBytes = Bytes(v) }),
        Value("mount", (o, v) => o with { Mounts = [.. o.Mounts, MountFields(v)] }),
        new OptionFlag("no-healthcheck", null, TakesValue: false, (d, v) => d.WithHealth(h => h with { Disabled = Boolean(v) })),
        Value("pid", (o, v) => o with { PidMode = v }),
        Value("pids-limit", (o, v) => o with { PidsLimit = Whole(v) }),
        Switch("privileged", (o, on) => o with { Privileged = on }),
        Value("publish", 'p', (o, v) => o with { Ports = [.. o.Ports, v] }),
        Switch("read-only", (o, on) => o with { ReadOnlyRoot = on }),
        Value("runtime", (o, v) => o with { Runtime = v }),
        Value("security-opt", (o, v) => o with { SecurityOptions = [.. o.SecurityOptions, v] }),
        Value("shm-size", (o, v) => o with { SharedMemoryBytes = Bytes(v) }),
        Value("stop-signal", (o, v) => o with { StopSignal = v }),
        Value("sysctl", (o, v) => o with { Sysctls = OptionDraft.Add(o.Sysctls, Pair(v)) }),
        Value("tmpfs", (o, v) => o with { Tmpfs = [.. o.Tmpfs, Absolute(v)] }),
        Value("ulimit", (o, v) => o with { Ulimits = OptionDraft.Add(o.Ulimits, Limit(v)) }),
        Value("user", 'u', (o, v) => o with { User = v }),
        Value("userns", (o, v) => o with { UserNamespace = v }),
        Value("volume", 'v', (o, v) => o with { Mounts = [.. o.Mounts, Volume(v)] }),
        Value("workdir", 'w', (o, v) => o with { WorkingDirectory = Absolute(v) }),
    ];

    /// <summary>Flags that are refused, and why.</summary>
    public static IReadOnlyDictionary<string, string> Refused { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["network"] = "the job's network connects it with its services (GitHub refuses it too)",
        ["net"] = "the job's network connects it with its services (GitHub refuses it too)",
        ["name"] = "the container's name is how it is found and removed",
        ["rm"] = "the container is always removed at the end",
        ["detach"] = "the container always runs in the background",
        ["tty"] = "commands run without a terminal, so that their output stays as it is",
        ["interactive"] = "nobody is there to type",
    };

    private static OptionFlag Value(string name, Func<ContainerOptions, string, ContainerOptions> apply) =>
        new(name, null, TakesValue: true, (draft, value) => draft.With(apply(draft.Options, value)));

    private static OptionFlag Value(string name, char letter, Func<ContainerOptions, string, ContainerOptions> apply) =>
        Value(name, apply) with { Short = letter };

    private static OptionFlag Switch(string name, Func<ContainerOptions, bool, ContainerOptions> apply) =>
        new(name, null, TakesValue: false, (draft, value) => draft.With(apply(draft.Options, Boolean(value))));

    private static OptionFlag Health(string name, Func<HealthCheck, string, HealthCheck> apply) =>
        new(name, null, TakesValue: true, (draft, value) => draft.WithHealth(h => apply(h, value)));

    private static (string Name, string Value) Limit(string text)
    {
        var pair = Pair(text);
        foreach (var part in pair.Value.Split(':', 2))
            _ = Whole(part);
        return pair;
    }
}

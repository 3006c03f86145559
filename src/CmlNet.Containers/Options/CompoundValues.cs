namespace CmlNet.Containers.Options;

/// <summary>Values with parts of their own: mounts, GPUs, NAME=VALUE. All throw <see cref="FormatException"/> saying what was expected.</summary>
internal static class CompoundValues
{
    /// <summary><c>-v SOURCE:TARGET[:ro|rw|…]</c>.</summary>
    public static Mount Volume(string text)
    {
        const string Expected = "expected SOURCE:TARGET[:ro], with an absolute TARGET";
        var parts = text.Split(':');
        if (parts.Length is not (2 or 3) || parts[0].Length == 0 || !parts[1].StartsWith('/'))
            throw new FormatException(Expected);
        var modes = parts.Length == 3 ? parts[2].Split(',') : [];
        // Labels of SELinux and copying into a new volume are the engine's concern, and what they ask for holds without them.
        return modes.All(m => m is "ro" or "rw" or "z" or "Z" or "nocopy" or "cached" or "delegated" or "consistent")
            ? new Mount(parts[0], parts[1], modes.Contains("ro", StringComparer.Ordinal))
            : throw new FormatException(Expected);
    }

    /// <summary><c>--mount type=bind,source=…,target=…[,readonly]</c>.</summary>
    public static Mount MountFields(string text)
    {
        const string Expected = "expected type=bind|volume,source=SOURCE,target=TARGET[,readonly]";
        string type = "volume", source = "", target = "";
        var readOnly = false;
        foreach (var (key, value) in text.Split(',').Select(f => f.Split('=', 2)).Select(f => (f[0].Trim(), f.Length > 1 ? f[1] : null)))
        {
            switch (key)
            {
                case "type": type = value ?? ""; break;
                case "source" or "src": source = value ?? ""; break;
                case "target" or "dst" or "destination": target = value ?? ""; break;
                case "readonly" or "ro": readOnly = value is null || Quantities.Boolean(value); break;
                default: throw new FormatException($"'{key}' is not known here; {Expected}");
            }
        }

        var isBind = type == "bind" && source.StartsWith('/');
        var isVolume = type == "volume" && source.Length > 0 && !source.StartsWith('/');
        return (isBind || isVolume) && target.StartsWith('/') ? new Mount(source, target, readOnly) : throw new FormatException(Expected);
    }

    /// <summary><c>all</c>, a count, <c>device=0,2</c>, <c>"device=GPU-…"</c>, <c>count=2</c>.</summary>
    public static GpuRequest Gpus(string text)
    {
        const string Expected = "expected all, a number, or device=ID[,ID]…";
        // In quotes of its own, as docker wants it because its value is a CSV record: --gpus '"device=0,2"'.
        var bare = text.Trim('"');
        if (bare is "all" or "count=all" or "-1")
            return GpuRequest.All;
        if (bare.StartsWith("device=", StringComparison.Ordinal))
        {
            var ids = bare["device=".Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return ids.Length > 0 && ids.All(i => !i.Contains('=', StringComparison.Ordinal)) ? new GpuRequest { DeviceIds = ids } : throw new FormatException(Expected);
        }

        var count = bare.StartsWith("count=", StringComparison.Ordinal) ? bare["count=".Length..] : bare;
        return int.TryParse(count, System.Globalization.NumberStyles.None, null, out var number) && number > 0
            ? new GpuRequest { Count = number }
            : throw new FormatException(Expected);
    }

    public static (string Name, string Value) Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (text[..equals], text[(equals + 1)..]) : throw new FormatException("expected NAME=VALUE");
    }

    /// <summary>A label may come without a value.</summary>
    public static (string Name, string Value) Label(string text) => text.Contains('=', StringComparison.Ordinal) ? Pair(text) : (text, "");

    public static string Absolute(string text) =>
        text.StartsWith('/') ? text : throw new FormatException("expected an absolute path");
}

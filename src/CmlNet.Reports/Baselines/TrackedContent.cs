using System.Text;
using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Baselines;

/// <summary>Files that DVC tracks instead of git: their hash from <c>FILE.dvc</c> or <c>dvc.lock</c> at the revision, their content from the cache or from a remote that is a folder.</summary>
/// <param name="root">Absolute root of the repository.</param>
/// <param name="read">Reads a file at the revision, relative to the root.</param>
internal sealed class TrackedContent(string root, Func<string, byte[]?> read)
{
    /// <summary>Null when it is not tracked, or not at hand.</summary>
    public byte[]? Read(string path)
    {
        if (Tree(path + ".dvc")?.Find("outs")?.Items is { Count: > 0 } outs && Hash(outs[0]) is { } own)
            return Object(own);
        for (string folder = Parent(path); ; folder = Parent(folder))
        {
            string inside = folder.Length == 0 ? path : path[(folder.Length + 1)..];
            if (Locked(folder, inside) is { } content)
                return content;
            if (folder.Length > 0 && Tree(folder + ".dvc")?.Find("outs")?.Items is { Count: > 0 } whole && Hash(whole[0]) is { } directory)
                return Member(directory, inside);
            if (folder.Length == 0)
                return null;
        }
    }

    private byte[]? Locked(string folder, string path)
    {
        if (Tree(folder.Length == 0 ? "dvc.lock" : folder + "/dvc.lock") is not { } tree)
            return null;
        foreach (DvcValue item in (tree.Find("stages") ?? tree).Entries.SelectMany(stage => stage.Value.Find("outs")?.Items ?? []))
        {
            string name = item.Find("path")?.Text ?? "";
            if (Hash(item) is not { } hash)
                continue;
            if (name == path)
                return Object(hash);
            if (path.StartsWith(name + "/", StringComparison.Ordinal))
                return Member(hash, path[(name.Length + 1)..]);
        }

        return null;
    }

    // A folder's object lists its files with their hashes.
    private byte[]? Member(string hash, string path)
    {
        if (Object(hash) is not { } list)
            return null;
        try
        {
            DvcValue? entry = JsonValueReader.Read(Encoding.UTF8.GetString(list)).Items.FirstOrDefault(item => item.Find("relpath")?.Text == path);
            return entry is not null && Hash(entry) is { } member ? Object(member) : null;
        }
        catch (DvcFormatException)
        {
            return null; // a broken object is as good as none
        }
    }

    private byte[]? Object(string hash)
    {
        foreach (string place in Places())
        {
            foreach (string layout in new[] { $"files/md5/{hash[..2]}/{hash[2..]}", $"{hash[..2]}/{hash[2..]}" })
            {
                string file = Path.Combine(place, layout);
                if (File.Exists(file))
                    return File.ReadAllBytes(file);
            }
        }

        return null;
    }

    // The cache, where the configuration puts it, then remotes that are folders. Paths are relative to the configuration file.
    private IEnumerable<string> Places()
    {
        string settings = Path.Combine(root, ".dvc");
        List<string> places = [];
        foreach (string name in new[] { "config.local", "config" })
        {
            string file = Path.Combine(settings, name), section = "";
            foreach (string line in File.Exists(file) ? File.ReadLines(file).Select(line => line.Trim()) : [])
            {
                section = line.StartsWith('[') ? line.Trim('[', ']').Trim('\'') : section;
                int equals = line.IndexOf('=', StringComparison.Ordinal);
                string key = equals < 0 ? "" : line[..equals].Trim(), value = equals < 0 ? "" : line[(equals + 1)..].Trim();
                if (value.Length > 0 && !value.Contains("://", StringComparison.Ordinal) && ((section == "cache" && key == "dir") || (section.StartsWith("remote", StringComparison.Ordinal) && key == "url")))
                    places.Add(Path.GetFullPath(value, settings));
            }
        }

        return [Path.Combine(settings, "cache"), .. places];
    }

    private DvcValue? Tree(string path)
    {
        try
        {
            return read(path) is { } content ? YamlValueReader.Read(Encoding.UTF8.GetString(content)) : null;
        }
        catch (DvcFormatException)
        {
            return null; // as if it tracked nothing
        }
    }

    // Only what can be a hash becomes part of a path.
    private static string? Hash(DvcValue item) =>
        item.Find("md5") is { Kind: not DvcValueKind.List and not DvcValueKind.Map } md5 && Numbers.ValueText.Of(md5) is { Length: >= 32 } hash && hash.Replace(".dir", "", StringComparison.Ordinal).All(char.IsAsciiHexDigit) ? hash.ToLowerInvariant() : null;

    private static string Parent(string path) => path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "";
}

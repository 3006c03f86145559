using System.Globalization;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Configuration;

/// <summary>All levels merged. Paths are absolute: a relative one counts from the folder of the file it stands in.</summary>
public sealed class DvcConfig
{
    private static readonly HashSet<string> Paths = new(StringComparer.Ordinal) { "url", "dir", "keyfile", "credentialpath", "cert_path", "key_path", "ssl_verify_path", "gdrive_service_account_json_file_path", "html_template", "site_cache_dir" };
    private readonly Dictionary<string, Dictionary<string, string>> _sections = new(StringComparer.Ordinal);

    /// <summary>Names of the remotes, in order.</summary>
    public IReadOnlyList<string> Remotes => [.. _sections.Keys.Select(RemoteName).OfType<string>()];

    /// <summary>Name of the default remote; null when none is set.</summary>
    public string? DefaultRemote => Get("core", "remote")?.ToLowerInvariant();

    /// <summary>Git is not asked.</summary>
    public bool IsWithoutGit => Flag("core", "no_scm");

    /// <summary>What is tracked is added to git at once.</summary>
    public bool StagesInGit => Flag("core", "autostage");

    /// <summary>How files of the work tree are made from the cache.</summary>
    /// <exception cref="DvcException">An unknown link type.</exception>
    public IReadOnlyList<LinkType> LinkTypes => [.. (Get("cache", "type") ?? "reflink,copy").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(LinkTypeOf)];

    /// <summary>Where each level's file lies.</summary>
    public static string PathOf(ConfigLevel level, string dvcFolder, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        string home = environment.GetValueOrDefault("HOME", "/");
        return level switch
        {
            ConfigLevel.System => environment.GetValueOrDefault("DVC_SYSTEM_CONFIG_DIR") is { Length: > 0 } system ? Path.Combine(system, "config") : "/etc/xdg/dvc/config",
            ConfigLevel.Global => Path.Combine(
                environment.GetValueOrDefault("DVC_GLOBAL_CONFIG_DIR") is { Length: > 0 } global ? global : Path.Combine(environment.GetValueOrDefault("XDG_CONFIG_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(home, ".config"), "dvc"),
                "config"),
            ConfigLevel.Repository => Path.Combine(dvcFolder, "config"),
            _ => Path.Combine(dvcFolder, "config.local"),
        };
    }

    /// <summary>A level's file.</summary>
    public static ConfigFile FileOf(ConfigLevel level, string dvcFolder, IReadOnlyDictionary<string, string> environment) =>
        ConfigFile.Read(PathOf(level, dvcFolder, environment), isOfRepository: level is ConfigLevel.Repository or ConfigLevel.Local);

    /// <summary>Reads every level there is.</summary>
    public static DvcConfig Read(string dvcFolder, IReadOnlyDictionary<string, string> environment)
    {
        var config = new DvcConfig();
        foreach (ConfigLevel level in Enum.GetValues<ConfigLevel>())
            config.Add(FileOf(level, dvcFolder, environment), environment);
        return config;
    }

    /// <summary>An option's value; null when it is not set.</summary>
    public string? Get(string section, string option) => _sections.GetValueOrDefault(section)?.GetValueOrDefault(option);

    /// <summary>An option that is true or false; false when it is not set.</summary>
    public bool Flag(string section, string option) => Truth(Get(section, option)) == true;

    /// <summary>What a value says that is true or false; null when it is neither.</summary>
    internal static bool? Truth(string? value) => value?.ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => null,
    };

    /// <summary>A whole number; null when it is not set or none.</summary>
    public int? Number(string section, string option) => int.TryParse(Get(section, option), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Options of a remote; null when there is none of that name. <c>remote://other/path</c> takes over those of the other.</summary>
    /// <exception cref="DvcException">Remotes refer to each other in a circle.</exception>
    public IReadOnlyDictionary<string, string>? Remote(string name) => Remote(name, 0);

    /// <summary>Every option as <c>section.option</c>, in order.</summary>
    public IEnumerable<KeyValuePair<string, string>> All() => _sections.SelectMany(section => section.Value.Select(option => KeyValuePair.Create($"{SectionText(section.Key)}.{option.Key}", option.Value)));

    /// <summary><c>remote.name</c> for the section <c>remote "name"</c>.</summary>
    internal static string SectionText(string section) => RemoteName(section) is { } name ? "remote." + name : section;

    private Dictionary<string, string>? Remote(string name, int depth)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (depth > 20)
            throw new DvcException($"remote '{name}' refers to itself");
        if (!_sections.TryGetValue($"remote \"{name.ToLowerInvariant()}\"", out Dictionary<string, string>? options))
            return null;
        if (options.GetValueOrDefault("url") is not { } url || !url.StartsWith("remote://", StringComparison.Ordinal))
            return options;
        string[] parts = url["remote://".Length..].Split('/', 2);
        Dictionary<string, string> other = Remote(parts[0], depth + 1) ?? throw new DvcException($"remote '{name}' refers to '{parts[0]}', which is not configured");
        var merged = new Dictionary<string, string>(other, StringComparer.Ordinal);
        foreach ((string option, string value) in options)
            merged[option] = value;
        merged["url"] = parts.Length > 1 ? $"{other.GetValueOrDefault("url")}/{parts[1]}" : other.GetValueOrDefault("url", "");
        return merged;
    }

    private void Add(ConfigFile file, IReadOnlyDictionary<string, string> environment)
    {
        string folder = Path.GetDirectoryName(file.Path)!; // a file has a folder
        foreach ((string section, IReadOnlyDictionary<string, string> options) in file.Sections)
        {
            if (!_sections.TryGetValue(section, out Dictionary<string, string>? known))
                _sections[section] = known = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach ((string option, string value) in options)
                known[option] = Paths.Contains(option) || (option == "ssl_verify" && Truth(value) is null) ? Resolve(folder, value, environment) : value;
        }
    }

    private static string Resolve(string folder, string value, IReadOnlyDictionary<string, string> environment)
    {
        if (RelativePath.IsUrl(value) || value.Length == 0)
            return value;
        if (value == "~" || value.StartsWith("~/", StringComparison.Ordinal))
            value = environment.GetValueOrDefault("HOME", "/") + value[1..];
        return Path.GetFullPath(value, folder);
    }

    private static string? RemoteName(string section) => section.StartsWith("remote \"", StringComparison.Ordinal) && section.EndsWith('"') ? section["remote \"".Length..^1] : null;

    private static LinkType LinkTypeOf(string name) => name.ToLowerInvariant() switch
    {
        "reflink" => LinkType.Reflink,
        "hardlink" => LinkType.Hardlink,
        "symlink" => LinkType.Symlink,
        "copy" => LinkType.Copy,
        _ => throw new DvcException($"cache.type: '{name}' is not one of reflink, hardlink, symlink, copy"),
    };
}

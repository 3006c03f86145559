using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Sources;

/// <summary>What is to be otherwise than in another project's own configuration while data is taken from it.</summary>
public sealed record SourceSettings
{
    private const string ConfigKey = "config", RemoteKey = "remote";

    /// <summary>Nothing.</summary>
    public static SourceSettings None { get; } = new();

    /// <summary>The remote to take data from; null for its default one.</summary>
    public string? Remote { get; init; }

    /// <summary>A configuration file whose options are added; null for none.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Options of that remote.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> RemoteOptions { get; init; } = [];

    /// <summary>As an import's record has them.</summary>
    /// <param name="repository">Of the record.</param>
    /// <param name="root">Absolute path of the project it belongs to.</param>
    /// <exception cref="DvcException">Its configuration file is outside of the project.</exception>
    public static SourceSettings Of(RepositorySource repository, string root)
    {
        ArgumentNullException.ThrowIfNull(repository);
        DvcValue? remote = repository.Others.FirstOrDefault(item => item.Key == RemoteKey).Value, config = repository.Others.FirstOrDefault(item => item.Key == ConfigKey).Value;
        if (config is { Kind: not DvcValueKind.Text })
            throw new DvcException($"the import from '{repository.Url}' has a 'config' that is no path of a file; put its options into a file in this project and name that");
        string? file = config is null ? null : Path.GetFullPath(config.Text, root);
        if (file is not null && (!file.StartsWith(root + "/", StringComparison.Ordinal) || new RepositoryBounds(root).WayOut(file) is not null))
            throw new DvcException($"the import from '{repository.Url}' names the configuration file '{config!.Text}', which is outside of the project; put one in it");
        return new SourceSettings
        {
            Remote = remote is { Kind: DvcValueKind.Text } name ? name.Text : null,
            ConfigFile = file,
            RemoteOptions = [.. remote is { Kind: DvcValueKind.Map } options ? options.Entries.Select(option => KeyValuePair.Create(option.Key, PythonText.Text(option.Value))) : []],
        };
    }

    /// <summary>For an import's record.</summary>
    /// <param name="root">Absolute path of the project it belongs to.</param>
    public IReadOnlyList<KeyValuePair<string, DvcValue>> ToRecord(string root)
    {
        var record = new List<KeyValuePair<string, DvcValue>>();
        if (ConfigFile is not null)
            record.Add(KeyValuePair.Create(ConfigKey, DvcValue.Of(Path.GetRelativePath(root, ConfigFile))));
        if (RemoteOptions.Count > 0)
            record.Add(KeyValuePair.Create(RemoteKey, DvcValue.Of([.. RemoteOptions.Select(option => KeyValuePair.Create(option.Key, DvcValue.Of(option.Value)))])));
        else if (Remote is not null)
            record.Add(KeyValuePair.Create(RemoteKey, DvcValue.Of(Remote)));
        return record;
    }

    /// <summary>Writes them into a clone, which is ours.</summary>
    /// <exception cref="DvcException">The clone has a link in the way, or no remote that the options could be for.</exception>
    internal void Apply(string dvcFolder, IReadOnlyDictionary<string, string> environment)
    {
        if (this == None)
            return;
        ConfigFile own = DvcConfig.FileOf(ConfigLevel.Local, dvcFolder, environment);
        if (ConfigFile is not null)
        {
            foreach ((string section, IReadOnlyDictionary<string, string> options) in Configuration.ConfigFile.Read(ConfigFile, isOfRepository: false).Sections)
            {
                foreach ((string option, string value) in options)
                    own.Set(section, option, value);
            }
        }

        if (Remote is not null)
            own.Set("core", "remote", Remote);
        string? remote = own.Sections.GetValueOrDefault("core")?.GetValueOrDefault("remote") ?? DvcConfig.Read(dvcFolder, environment).DefaultRemote;
        foreach ((string option, string value) in RemoteOptions)
            own.Set($"remote \"{remote ?? throw new DvcException("the other project has no default remote that --remote-config could be for; name one with --remote")}\"", option, value);
        own.Save();
    }
}

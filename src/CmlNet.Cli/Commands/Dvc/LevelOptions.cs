using System.CommandLine;
using CmlNet.Dvc.Configuration;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Which configuration file is meant.</summary>
internal sealed class LevelOptions
{
    private readonly Option<bool> _global = new("--global") { Description = "The user's." };
    private readonly Option<bool> _system = new("--system") { Description = "The machine's." };
    private readonly Option<bool> _project = new("--project") { Description = "The project's (default)." };
    private readonly Option<bool> _local = new("--local") { Description = "The project's own file that git does not have: the place for secrets." };

    public IEnumerable<Option> All => [_global, _system, _project, _local];

    public bool NeedsProject(ParseResult parsed) => Named(parsed) is null or ConfigLevel.Repository or ConfigLevel.Local;

    /// <summary>None is named.</summary>
    public bool IsDefault(ParseResult parsed) => Named(parsed) is null;

    /// <summary>The one to write.</summary>
    public ConfigFile File(ParseResult parsed, string dvcFolder, IReadOnlyDictionary<string, string> environment) => DvcConfig.FileOf(Named(parsed) ?? ConfigLevel.Repository, dvcFolder, environment);

    /// <summary>The ones to read: the named one, else all, the strongest last.</summary>
    public IEnumerable<ConfigFile> Files(ParseResult parsed, string dvcFolder, IReadOnlyDictionary<string, string> environment) =>
        (Named(parsed) is { } level ? [level] : Enum.GetValues<ConfigLevel>()).Select(one => DvcConfig.FileOf(one, dvcFolder, environment));

    private ConfigLevel? Named(ParseResult parsed) =>
        parsed.GetValue(_local) ? ConfigLevel.Local : parsed.GetValue(_global) ? ConfigLevel.Global : parsed.GetValue(_system) ? ConfigLevel.System : parsed.GetValue(_project) ? ConfigLevel.Repository : null;
}

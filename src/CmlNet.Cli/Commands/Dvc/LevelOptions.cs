using System.CommandLine;
using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Project;

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

    /// <summary>A path as a file is to hold it: a relative one is seen from that file, as DVC reads it.</summary>
    /// <param name="path">As the user gave it; an address stays as it is.</param>
    /// <param name="host">Where the user is.</param>
    /// <param name="file">Where it goes.</param>
    /// <param name="isOfProject">The file is one of a project; others hold paths as they were given.</param>
    public static string Written(string path, CliHost host, ConfigFile file, bool isOfProject) =>
        RelativePath.IsUrl(path) || Path.IsPathRooted(path) || path.StartsWith('~') || !isOfProject ? path : Path.GetRelativePath(Path.GetDirectoryName(file.Path)!, Path.GetFullPath(path, host.WorkingDirectory)); // a file has a folder

    private ConfigLevel? Named(ParseResult parsed) =>
        parsed.GetValue(_local) ? ConfigLevel.Local : parsed.GetValue(_global) ? ConfigLevel.Global : parsed.GetValue(_system) ? ConfigLevel.System : parsed.GetValue(_project) ? ConfigLevel.Repository : null;
}

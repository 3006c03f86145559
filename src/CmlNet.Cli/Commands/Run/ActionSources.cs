namespace CmlNet.Cli.Commands.Run;

/// <summary>Where actions of other repositories come from.</summary>
internal static class ActionSources
{
    /// <summary>The value of <c>--action</c>: folders by <c>owner/repo@ref</c>.</summary>
    public static Dictionary<string, string> Mirrors(IReadOnlyList<string> arguments, CliHost host)
    {
        var mirrors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string folder) in NameValues.Parse(arguments, "--action", StringComparer.Ordinal))
        {
            string path = Path.GetFullPath(Path.Combine(host.WorkingDirectory, folder));
            if (name.Split('@') is not [var repository, { Length: > 0 }] || repository.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
                throw new CliException(ExitCodes.Usage, $"cml run: --action {name}={folder}: expected OWNER/REPO@REF=DIR.");
            if (!Directory.Exists(path))
                throw new CliException(ExitCodes.Usage, $"cml run: --action {name}={folder}: there is no such folder.");
            mirrors[name] = path;
        }
        return mirrors;
    }

    /// <summary><c>$XDG_CACHE_HOME/cml/actions</c>, by default in <c>~/.cache</c>.</summary>
    public static string Cache(CliHost host)
    {
        string root = host.Environment.GetValueOrDefault("XDG_CACHE_HOME") is { Length: > 0 } given && Path.IsPathRooted(given)
            ? given
            : Path.Combine(host.Environment.GetValueOrDefault("HOME") is { Length: > 0 } home ? home : Path.GetTempPath(), ".cache");
        return Path.Combine(root, "cml", "actions");
    }
}

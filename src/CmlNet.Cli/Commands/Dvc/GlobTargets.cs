using System.IO.Enumeration;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Targets with shell wildcards: <c>*</c> and <c>?</c> within a name, <c>**</c> for any folders.</summary>
internal static class GlobTargets
{
    /// <summary>Entries of the work tree; hidden ones only where the pattern says so.</summary>
    /// <exception cref="DvcException">Nothing matches.</exception>
    public static IReadOnlyList<string> Files(CliHost host, IReadOnlyList<string> patterns) =>
        Some(patterns, [.. patterns.SelectMany(pattern => Walk(host.WorkingDirectory, "", pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))).Distinct(StringComparer.Ordinal)]);

    /// <summary>What a project tracks, whether it is there or not: <c>.dvc</c> files, outputs and stages.</summary>
    /// <exception cref="DvcException">Nothing matches.</exception>
    public static IReadOnlyList<string> Tracked(CliHost host, DvcProject project, ProjectIndex index, IReadOnlyList<string> patterns)
    {
        List<string> names =
        [
            .. index.Stages.Select(stage => stage.Name is null ? project.Shown(host, stage.File) : stage.Address),
            .. index.Outputs.Select(item => project.Shown(host, item.Output.Path)),
        ];
        return Some(patterns, [.. patterns.SelectMany(pattern => names.Where(name => Matches(pattern.Split('/'), name.Split('/')))).Distinct(StringComparer.Ordinal)]);
    }

    private static IReadOnlyList<string> Some(IReadOnlyList<string> patterns, IReadOnlyList<string> found) =>
        found.Count > 0 ? found : throw new DvcException($"Glob [{string.Join(", ", patterns.Select(pattern => $"'{pattern}'"))}] has no matches.");

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty || path.IsEmpty)
            return pattern.IsEmpty ? path.IsEmpty : pattern.Length == 1 && pattern[0] == "**";
        if (pattern[0] == "**")
            return Matches(pattern[1..], path) || Matches(pattern, path[1..]);
        return FileSystemName.MatchesSimpleExpression(pattern[0], path[0], ignoreCase: false) && Matches(pattern[1..], path[1..]);
    }

    private static IEnumerable<string> Walk(string root, string folder, string[] pattern)
    {
        if (pattern.Length == 0)
            return folder.Length == 0 ? [] : [folder];
        string full = Path.Combine(root, folder);
        if (!Directory.Exists(full))
            return [];
        string first = pattern[0];
        if (first == "**")
            return Walk(root, folder, pattern[1..]).Concat(Entries(full, "*", foldersOnly: true).SelectMany(name => Walk(root, Join(folder, name), pattern)));
        if (first is "." or "..")
            return Walk(root, Join(folder, first), pattern[1..]);
        return Entries(full, first, foldersOnly: pattern.Length > 1).SelectMany(name => Walk(root, Join(folder, name), pattern[1..]));
    }

    private static IEnumerable<string> Entries(string folder, string pattern, bool foldersOnly) =>
        new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => !foldersOnly || entry is DirectoryInfo)
            .Select(entry => entry.Name).Where(name => (!name.StartsWith('.') || pattern.StartsWith('.')) && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)).Order(StringComparer.Ordinal);

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}

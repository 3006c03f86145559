using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Gives changed files to git, or says how to.</summary>
internal static class GitHint
{
    /// <summary>Of files of the project, those that git has not as they are now, in order.</summary>
    public static IReadOnlyList<string> Changed(DvcProject project, IEnumerable<string> files)
    {
        string[] known = [.. files.Distinct(StringComparer.Ordinal).Where(file => File.Exists(project.FullPath(file))).Order(StringComparer.Ordinal)];
        return known.Length == 0 || project.Repository is not { } repository ? [] : [.. known.Where(file => repository.IsChanged(project.FullPath(file)))];
    }

    public static void Write(CliHost host, DvcProject project, IReadOnlyCollection<string> files, bool isQuiet = false)
    {
        if (project.Repository is null || files.Count == 0)
            return;
        if (project.Config.StagesInGit)
            project.Repository.Add([.. files.Select(project.FullPath)]);
        else if (!isQuiet)
            host.Out.Write($"\nTo track the changes with git, run:\n\n\tgit add {string.Join(' ', files.Select(file => Quoted(project.Shown(host, file))))}\n\nTo enable auto staging, run:\n\n\tdvc config core.autostage true\n");
    }

    private static string Quoted(string path) => path.Any(c => !char.IsLetterOrDigit(c) && c is not ('.' or '/' or '-' or '_')) ? $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'" : path;
}

namespace CmlNet.Cli.Commands.Workflows;

/// <summary>Finds and reads workflow files.</summary>
internal static class WorkflowFiles
{
    private const string Folder = ".github/workflows";

    /// <summary>The given files, or all of <c>.github/workflows</c>.</summary>
    public static IReadOnlyList<string> Find(CliHost host, IReadOnlyList<string> given)
    {
        if (given.Count > 0)
            return given;
        string folder = Path.Combine(host.WorkingDirectory, Folder);
        List<string> found = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".yml" or ".yaml").Select(file => $"{Folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal)]
            : [];
        return found.Count > 0 ? found : throw new CliException(ExitCodes.Usage, $"There is no workflow file under {Folder} in {host.WorkingDirectory}. Name a file, or run this in the root of a repository.");
    }

    public static string Read(CliHost host, string file)
    {
        string full = Path.GetFullPath(Path.Combine(host.WorkingDirectory, file));
        (string root, string path) = Locate(host, file);
        // Errors quote a file's text: a repository must not have others read out.
        if (path.StartsWith($"{Folder}/", StringComparison.Ordinal) && !LocalFile.StaysInside(root, full))
            throw new CliException(ExitCodes.Usage, $"Cannot read the workflow file '{file}': it is a link out of the repository");
        try
        {
            return LocalFile.ReadStart(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Usage, $"Cannot read the workflow file '{file}': {e.Message}", e);
        }
    }

    /// <summary>A file's root directory and path as seen from a repository: what is above <c>.github/workflows</c>, else the working directory.</summary>
    public static (string Root, string Path) Locate(CliHost host, string file)
    {
        string full = Path.GetFullPath(Path.Combine(host.WorkingDirectory, file)).Replace('\\', '/');
        int at = full.LastIndexOf($"/{Folder}/", StringComparison.Ordinal);
        return at >= 0 ? (full[..Math.Max(at, 1)], full[(at + 1)..]) : (host.WorkingDirectory, Path.GetRelativePath(host.WorkingDirectory, full).Replace('\\', '/'));
    }
}

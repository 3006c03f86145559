namespace CmlNet.Cli.Commands.Workflows;

/// <summary>Reads a file that a workflow names, below a directory and nowhere else.</summary>
internal static class LocalFile
{
    /// <summary>Null when there is no such file, or the name leads out of the directory.</summary>
    public static string? Read(string directory, string relative)
    {
        string root = Path.GetFullPath(directory);
        string full = Path.GetFullPath(Path.Combine(root, relative));
        if (!full.StartsWith(root.EndsWith('/') ? root : root + "/", StringComparison.Ordinal) || !File.Exists(full))
            return null;
        try
        {
            return File.ReadAllText(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Usage, $"Cannot read '{full}': {e.Message}", e);
        }
    }
}

using CmlNet.Workflows.Execution.Directories;

namespace CmlNet.Cli.Commands.Run;

/// <summary>Where runs are kept: <c>.cml/runs/&lt;id&gt;</c> with a <c>latest</c> link, or where <c>--out</c> says.</summary>
internal static class RunFolders
{
    /// <summary>The run directory for one workflow; several workflows of one call get folders of their own under <c>--out</c>.</summary>
    public static string Create(string root, string id, string? outDirectory, string? subfolder, CliHost host)
    {
        string own = Path.Combine(root, ".cml");
        Directory.CreateDirectory(own);
        string ignore = Path.Combine(own, ".gitignore");
        // Empty: the disk was full when it was made.
        if (new FileInfo(ignore) is not { Exists: true, Length: > 0 })
            File.WriteAllText(ignore, "*\n");

        if (outDirectory is null)
        {
            string path = Path.Combine(own, "runs", id);
            Directory.CreateDirectory(path);
            Link(Path.Combine(own, "runs", "latest"), id);
            return path;
        }
        string given = Path.GetFullPath(Path.Combine(host.WorkingDirectory, outDirectory, subfolder ?? ""));
        if (File.Exists(given))
            throw new CliException(ExitCodes.Usage, $"cml run: --out {outDirectory} is a file; choose a folder.");
        if (Directory.Exists(given) && Directory.EnumerateFileSystemEntries(given).Any())
        {
            if (!File.Exists(Path.Combine(given, "run.json")))
                throw new CliException(ExitCodes.Usage, $"cml run: --out {outDirectory} is not empty and holds no earlier run; choose another folder.");
            RemoveEarlierRun(given);
        }
        Directory.CreateDirectory(given);
        return given;
    }

    /// <summary>Only what a run writes, and only where the folder is one's: its record says so.</summary>
    private static void RemoveEarlierRun(string directory)
    {
        foreach (string name in new[] { "logs", "comments", "checks", "assets", "artifacts" })
        {
            string path = Path.Combine(directory, name);
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        }
        var run = new RunDirectory(directory);
        foreach (string file in new[] { run.RunFile, run.SummaryFile, run.ReportFile, run.ReserveFile })
            File.Delete(file);
    }

    /// <summary>A folder of that name, made by somebody else, is left alone.</summary>
    private static void Link(string link, string target)
    {
        if (new FileInfo(link).LinkTarget is not null)
            File.Delete(link);
        if (Directory.Exists(link) || File.Exists(link))
            return;
        try
        {
            File.CreateSymbolicLink(link, target);
        }
        catch (IOException) when (new FileInfo(link).LinkTarget is not null)
        {
            // A run that began at the same time was quicker: one of the two is the latest.
        }
    }
}

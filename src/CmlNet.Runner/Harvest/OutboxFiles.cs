using CmlNet.Reports;
using CmlNet.Reports.Configuration;

namespace CmlNet.Runner.Harvest;

/// <summary>Inside the container, when a job has ended: copies what a report would be made from into the outbox.</summary>
internal static class OutboxFiles
{
    /// <param name="workspace">The job's workspace.</param>
    /// <param name="outbox">An existing folder.</param>
    /// <param name="limits">What is copied at most.</param>
    /// <returns>How many files were copied.</returns>
    public static int Copy(string workspace, string outbox, HarvestLimits limits)
    {
        string configured = Path.Combine(workspace, ReportConfiguration.FileName);
        ReportConfiguration? configuration = null;
        try
        {
            configuration = IsPlainFile(configured) ? ReportConfiguration.Read(configured, ReportConfiguration.FileName) : null;
        }
        catch (ConfigException)
        {
            // The daemon says what is wrong with it; usual files are found without.
        }

        var request = new ReportRequest { Directory = workspace, WorkingDirectory = workspace, Configuration = configuration };
        IEnumerable<string> files = new ReportBuilder().Find(request);
        int copied = 0;
        long left = limits.Bytes;
        foreach (string file in files.Prepend(configured).Distinct(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(workspace, file);
            if (copied >= limits.Files || name.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(name) || !IsPlainFile(file) || new FileInfo(file).Length > left)
                continue;
            string target = Path.Combine(outbox, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!); // it lies in a folder: Combine put it there
            File.Copy(file, target, overwrite: true);
            left -= new FileInfo(target).Length;
            copied++;
        }

        return copied;
    }

    private static bool IsPlainFile(string path) => new FileInfo(path) is { Exists: true, LinkTarget: null };
}

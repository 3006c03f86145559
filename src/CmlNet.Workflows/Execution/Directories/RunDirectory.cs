using System.Text;
using CmlNet.Workflows.Execution.Records;

namespace CmlNet.Workflows.Execution.Directories;

/// <summary>
/// What a run leaves behind: <c>run.json</c>, <c>logs/</c>, <c>summary.md</c>, and from the publishing commands
/// <c>comments/</c>, <c>checks/</c>, <c>assets/</c>.
/// </summary>
public sealed class RunDirectory(string path)
{
    private DiskReserve? _reserve;

    public string Path { get; } = path;

    public string RunFile => System.IO.Path.Combine(Path, "run.json");

    public string SummaryFile => System.IO.Path.Combine(Path, "summary.md");

    public string ReportFile => System.IO.Path.Combine(Path, "report.html");

    /// <summary>Space that is kept for the record while a run goes on.</summary>
    public string ReserveFile => System.IO.Path.Combine(Path, ".reserve");

    public string Logs => System.IO.Path.Combine(Path, "logs");

    /// <returns>The same as <see cref="Close"/>, for a run that ends before its time.</returns>
    public IDisposable Create()
    {
        Directory.CreateDirectory(Logs);
        foreach (string name in new[] { "comments", "checks", "assets" })
            Directory.CreateDirectory(System.IO.Path.Combine(Path, name));
        return _reserve = DiskReserve.Take(ReserveFile);
    }

    /// <summary>No job will write any more: the space that was kept for the record is free for the page.</summary>
    public void Close() => _reserve?.GiveBack();

    /// <summary>Replaces <c>run.json</c> in one move. On a full disk there is space kept for it.</summary>
    public void Write(RunRecord record)
    {
        try
        {
            WriteAll(record);
        }
        catch (IOException) when (_reserve?.GiveBack() == true)
        {
            WriteAll(record);
        }
    }

    /// <summary>Path of a step's log from the run directory; only letters, digits and dashes of the names survive.</summary>
    public static string LogPath(string jobName, int number, string stepName) =>
        $"logs/{FileName.From(jobName)}/{number:00}-{FileName.From(stepName)}.txt";

    private void WriteAll(RunRecord record)
    {
        WriteAtomically(RunFile, RunJson.Write(record));
        var summary = new StringBuilder();
        foreach (JobRecord job in record.Jobs.Where(job => job.Summary.Length > 0))
        {
            if (record.Jobs.Count > 1)
                summary.Append("## ").Append(job.Name).Append("\n\n");
            summary.Append(job.Summary.TrimEnd('\n')).Append("\n\n");
        }
        WriteAtomically(SummaryFile, summary.ToString());
    }

    private static void WriteAtomically(string path, string text)
    {
        string temporary = path + ".tmp";
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}

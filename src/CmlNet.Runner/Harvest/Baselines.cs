using System.Security.Cryptography;
using System.Text;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Harvest;

/// <summary>
/// What the last good run of each job on the default branch left: what the reports of later runs are compared with. Only runs of
/// the repository's own branch are kept; a pull request, from a fork least of all, does not set what it is measured by.
/// </summary>
internal sealed class Baselines(string dataDirectory)
{
    private const int MostJobs = 200;
    private const int ShortSha = 7;
    private readonly string _root = Path.Combine(dataDirectory, "baselines");

    /// <summary>A folder and the name of one in it, which says what it is; null when there is none.</summary>
    public (string Folder, string Name)? Find(JobRecord job, WorkflowRun run)
    {
        string folder = FolderOf(job, run);
        return Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Select(Path.GetFileName).Where(name => name?.StartsWith('.') == false).Order(StringComparer.Ordinal).LastOrDefault() is { } name
            ? (folder, name)
            : null;
    }

    /// <summary>Whether a run is one to compare with.</summary>
    public static bool IsWorthKeeping(JobRecord job, WorkflowRun run, string? defaultBranch) =>
        defaultBranch is not null
        && run.HeadBranch == defaultBranch
        && run.Event is "push" or "schedule" or "workflow_dispatch" or "repository_dispatch"
        && run.HeadRepository is { } head
        && job.Repository.Equals(head.Name, StringComparison.OrdinalIgnoreCase)
        && job.Owner.Equals(head.Owner?.Login, StringComparison.OrdinalIgnoreCase)
        && job.Result is "" or "succeeded" or "success";

    /// <summary>Takes over what a run left, in place of what was there.</summary>
    /// <param name="harvest">The run's files; gone from there afterwards.</param>
    /// <param name="job">Of the run.</param>
    /// <param name="run">On the default branch.</param>
    public void Keep(string harvest, JobRecord job, WorkflowRun run)
    {
        string folder = FolderOf(job, run);
        Directory.CreateDirectory(folder);
        string sha = run.HeadSha is { Length: > ShortSha } whole ? whole[..ShortSha] : run.HeadSha ?? "";
        string name = Plain($"{run.HeadBranch} at {sha}"), fresh = Path.Combine(folder, ".new");
        if (Directory.Exists(fresh))
            Directory.Delete(fresh, recursive: true);
        Directory.Move(harvest, fresh);
        foreach (string old in Directory.EnumerateDirectories(folder).Where(path => path != fresh).ToList())
            Directory.Delete(old, recursive: true);
        Directory.Move(fresh, Path.Combine(folder, name));
        Directory.SetLastWriteTimeUtc(folder, DateTime.UnixEpoch.AddMilliseconds((job.Completed ?? job.Seen).ToUnixTimeMilliseconds()));
        foreach (DirectoryInfo forgotten in new DirectoryInfo(_root).EnumerateDirectories().OrderByDescending(directory => directory.LastWriteTimeUtc).Skip(MostJobs).ToList())
            forgotten.Delete(recursive: true);
    }

    // Names come from workflows: a hash of them is a name for a folder.
    private string FolderOf(JobRecord job, WorkflowRun run) =>
        Path.Combine(_root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{job.Owner}/{job.Repository}\n{run.Name}\n{job.Name}".ToUpperInvariant())))[..32]);

    private static string Plain(string name) => string.Concat(name.Take(100).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ' ' ? c : '-')).TrimStart('-');
}

using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Execution.Matchers;

/// <summary>Finds on this machine what a job names by its own paths. The job owns those directories: no link in them is followed.</summary>
/// <param name="workspace">Host path of the workspace: the copy, or with <c>--bind</c> the work tree itself.</param>
internal sealed class MatcherFiles(JobPaths paths, string workspace)
{
    /// <param name="path">As the job sees it; a relative one is from its workspace.</param>
    /// <returns>The host path of a plain file; null when it is none, lies behind a link, or is in none of the job's directories.</returns>
    public string? Find(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
            return null;
        string full = Path.GetFullPath(Path.Combine(paths.Workspace, path));
        foreach ((string job, string host) in paths.Places.Prepend((paths.Workspace, workspace)))
        {
            if (full.StartsWith(job + "/", StringComparison.Ordinal))
                return Walk(host, full[(job.Length + 1)..].Split('/'));
        }
        return null;
    }

    private static string? Walk(string host, string[] parts)
    {
        string at = host;
        foreach (string part in parts[..^1])
        {
            at = Path.Combine(at, part);
            if (FileKinds.Of(at) != FileKind.Directory)
                return null;
        }
        at = Path.Combine(at, parts[^1]);
        return FileKinds.Of(at) == FileKind.Regular ? at : null;
    }
}

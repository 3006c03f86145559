namespace CmlNet.Workflows.Execution.Workspace;

/// <summary>Follows links as the job would, one at a time, and never out of its directories.</summary>
internal static class JobLinks
{
    private const int Most = 40; // the kernel's own limit, path_resolution(7)

    /// <param name="map">The job's directories.</param>
    /// <param name="host">A path on this machine in one of them.</param>
    /// <returns>Where it ends, without a link on the way; there may be nothing.</returns>
    /// <exception cref="IOException">It leads into the image, where we cannot look, or in a circle.</exception>
    public static string Follow(JobFileMap map, string host)
    {
        string at = "/";
        Stack<string> left = Parts(map.ToJob(host));
        int links = 0;
        while (left.TryPop(out string? part))
        {
            if (part == "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }
            string next = at.TrimEnd('/') + "/" + part;
            if (map.ToHost(next) is not { } place || FileKinds.Of(place) != FileKind.Link || new FileInfo(place).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }
            if (++links > Most)
                throw new IOException("it is a link that leads in a circle");
            if (target.StartsWith('/'))
                at = "/";
            foreach (string further in Parts(target).Reverse())
                left.Push(further);
        }
        return map.ToHost(at) ?? throw new IOException($"it is a link to {at}, which is not in the workspace, the home or the temp folder of the job");
    }

    /// <summary>The first on top.</summary>
    private static Stack<string> Parts(string path) => new(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse());
}

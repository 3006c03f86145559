using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Execution.Workspace;

/// <summary>A job owns its directories: a link in them may lead anywhere on this machine, so none is followed.</summary>
internal static class LinkFreePath
{
    /// <param name="root">Ours.</param>
    /// <param name="path">Below <paramref name="root"/>, or the same.</param>
    /// <param name="shown">How messages name <paramref name="path"/>.</param>
    /// <exception cref="StepFailedException">The path leads out of the root, or over a link.</exception>
    public static void Demand(string root, string path, string shown)
    {
        if (path == root)
            return;
        if (!path.StartsWith(root + "/", StringComparison.Ordinal))
            throw new StepFailedException($"'{shown}' leads out of the job's directories.");
        string at = root;
        foreach (string part in path[(root.Length + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
                throw new StepFailedException($"'{shown}' leads out of the job's directories.");
            at = $"{at}/{part}";
            if (FileKinds.Of(at) == FileKind.Link)
                throw new StepFailedException($"'{shown}' goes over the link '{part}'; links are not followed.");
        }
    }
}

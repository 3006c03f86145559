namespace CmlNet.Workflows.Execution.Workspace;

/// <summary>The user's work tree as a job gets it: everything, ignored data files included, but not our own folder.</summary>
internal static class WorkTree
{
    /// <summary>Where runs and scratch live in a work tree.</summary>
    public const string OwnFolder = ".cml";

    public static async Task<WorkspaceCopy> CopyAsync(string root, string destination, CancellationToken cancellationToken)
    {
        string? linked = LinkedGitFolder.Of(root);
        WorkspaceCopy copy = await WorkspaceCopier.CopyAsync(root, destination, path => path == OwnFolder || (linked is not null && path == ".git"), cancellationToken);
        if (linked is not null)
            await LinkedGitFolder.CopyAsync(linked, destination, cancellationToken);
        return copy;
    }
}

using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Experiments;

/// <summary>The files an experiment begins with, as a commit: those of the work tree now, with its parameters.</summary>
public static class QueueSnapshot
{
    /// <summary>Returns the commit's full hash. The work tree stays as it is; the caller holds the project's lock.</summary>
    public static string Make(DvcProject project, string baseline, ExperimentRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string commit = new ExperimentTree(project).Commit(baseline, request.Includes);
        if (request.Overrides is null || request.Overrides.Texts.Count == 0)
            return commit;
        using ExperimentFolder folder = ExperimentFolder.Make(project, commit, baseline);
        request.Overrides.Apply(folder.Project.Root);
        return new ExperimentTree(folder.Project).Commit(baseline, request.Includes);
    }
}

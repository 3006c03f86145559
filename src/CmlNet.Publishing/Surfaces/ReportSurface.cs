namespace CmlNet.Publishing.Surfaces;

/// <summary>Where a report can be seen.</summary>
public enum ReportSurface
{
    /// <summary>A file.</summary>
    File,

    /// <summary>The page of the workflow run: what <c>GITHUB_STEP_SUMMARY</c> names.</summary>
    Summary,

    /// <summary>A comment on a pull request, an issue or a commit.</summary>
    Comment,

    /// <summary>A check run on the commit.</summary>
    Check,

    /// <summary>A status on the commit, of one sentence.</summary>
    Status,
}

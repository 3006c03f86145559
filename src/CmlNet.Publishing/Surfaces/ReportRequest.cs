using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;

namespace CmlNet.Publishing.Surfaces;

/// <summary>A report, and everywhere it is to be seen.</summary>
public sealed record ReportRequest
{
    /// <summary>The report's files in their order; at least one.</summary>
    public required IReadOnlyList<ReportSource> Sources { get; init; }

    /// <summary>Where to. Default: a comment.</summary>
    public IReadOnlyCollection<ReportSurface> Surfaces { get; init; } = [ReportSurface.Comment];

    /// <summary>How the comment is posted; its report is put in. It also names the commit of the other surfaces where its target does not.</summary>
    public CommentRequest Comment { get; init; } = new() { Report = "" };

    /// <summary>How the check run looks; its summary and, where it is empty, its commit are put in.</summary>
    public CheckRun Check { get; init; } = new() { HeadSha = "", Summary = "" };

    /// <summary>Update the check run with the same title, where there is one. Default: false.</summary>
    public bool IsCheckUpdated { get; init; }

    /// <summary>Context of the status. Default: <c>cml</c>.</summary>
    public string StatusContext { get; init; } = "cml";

    /// <summary>Absolute path for <see cref="ReportSurface.File"/>.</summary>
    public string? OutputFile { get; init; }

    /// <summary>Whether local files are published and linked. Default: true.</summary>
    public bool AreAssetsPublished { get; init; } = true;

    /// <summary>Absolute path of the bundle that is written where the token may read only; <see langword="null"/> (default) lets that be a failure.</summary>
    public string? BundleDirectory { get; init; }

    /// <summary>Whether a report that is too long for a comment may go to the job summary whole; one that is posted again and again would fill it. Default: true.</summary>
    public bool MayFillSummary { get; init; } = true;
}

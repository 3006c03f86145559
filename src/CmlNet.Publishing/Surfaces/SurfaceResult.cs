using CmlNet.Publishing.CodeHosts;

namespace CmlNet.Publishing.Surfaces;

/// <summary>What came of one surface.</summary>
public sealed record SurfaceResult
{
    /// <summary>Which.</summary>
    public required ReportSurface Surface { get; init; }

    /// <summary>Where people see it, or the path of a file.</summary>
    public string? Url { get; init; }

    /// <summary>The host's identifier of the comment or check run.</summary>
    public string? Id { get; init; }

    /// <summary>What was done with the comment.</summary>
    public CommentChange? Change { get; init; }

    /// <summary>Why the report is not there; <see langword="null"/> where it is.</summary>
    public string? Failure { get; init; }

    /// <summary>Directory of the bundle that another job may post, because this one may not.</summary>
    public string? Bundle { get; init; }
}

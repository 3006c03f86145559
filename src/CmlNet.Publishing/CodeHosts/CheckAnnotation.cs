namespace CmlNet.Publishing.CodeHosts;

/// <summary>A remark of a check run on lines of a file.</summary>
public sealed record CheckAnnotation
{
    /// <summary>The file, relative to the repository.</summary>
    public required string Path { get; init; }

    /// <summary>First line, from 1.</summary>
    public required int StartLine { get; init; }

    /// <summary>Last line. Default: the first.</summary>
    public int? EndLine { get; init; }

    /// <summary>First column; hosts take columns only where first and last line are the same.</summary>
    public int? StartColumn { get; init; }

    /// <summary>Last column.</summary>
    public int? EndColumn { get; init; }

    /// <summary><c>notice</c>, <c>warning</c> (default) or <c>failure</c>.</summary>
    public string Level { get; init; } = "warning";

    /// <summary>What is to be said.</summary>
    public required string Message { get; init; }

    /// <summary>One line above it.</summary>
    public string? Title { get; init; }

    /// <summary>Shown on demand.</summary>
    public string? RawDetails { get; init; }
}

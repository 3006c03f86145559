namespace CmlNet.Reports.Html.RunPage;

public sealed record RunPageStep
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    public required string Name { get; init; }

    /// <summary>Before <c>continue-on-error</c>; null when it is the conclusion.</summary>
    public string? Outcome { get; init; }

    /// <inheritdoc cref="RunPageModel.Conclusion"/>
    public required string Conclusion { get; init; }

    /// <summary>Milliseconds.</summary>
    public long DurationMs { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>The log's text, or null when the step has none. The page shows about a million characters of it.</summary>
    public string? Log { get; init; }

    /// <summary>Reads the log when its turn comes, in place of <see cref="Log"/>: a run's logs together may be larger than memory.</summary>
    public Func<string?>? ReadLog { get; init; }

    /// <summary>Where the whole log lies, relative to the page, with forward slashes; null when nowhere.</summary>
    public string? LogPath { get; init; }
}

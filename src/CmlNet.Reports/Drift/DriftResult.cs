namespace CmlNet.Reports.Drift;

/// <summary>Whether the data has moved.</summary>
internal sealed record DriftResult
{
    /// <summary>Evidently's share of columns from which on the data as a whole counts as drifted.</summary>
    public const double DatasetShare = 0.5;

    public required string File { get; init; }

    public required string ReferenceFile { get; init; }

    public required long ReferenceRows { get; init; }

    public required long CurrentRows { get; init; }

    /// <summary>Most severe first.</summary>
    public required IReadOnlyList<DriftColumn> Columns { get; init; }

    /// <summary>Columns that were not tested, each with why.</summary>
    public required IReadOnlyList<string> Skipped { get; init; }

    public int Drifted => Columns.Count(column => column.IsDrifted);

    /// <summary>Drifted columns by tested ones; null when none was tested.</summary>
    public double? Share => Columns.Count == 0 ? null : (double)Drifted / Columns.Count;

    public bool IsDrifted => Share >= DatasetShare;
}

namespace CmlNet.Reports.Predictions;

/// <summary>What else is known of each row: who it is, which slices and tags it belongs to.</summary>
internal sealed record RowDetails
{
    /// <summary>64-bit hashes: of the id, else of all columns but what the model said.</summary>
    public required ulong[] Keys { get; init; }

    /// <summary>The keys are ids; else they stand for the content.</summary>
    public required bool AreIds { get; init; }

    /// <summary>Ids as written; null without an id column.</summary>
    public RowNames? Names { get; init; }

    /// <summary>Lines of the file, for rows without a name.</summary>
    public required long[] Lines { get; init; }

    public IReadOnlyList<SliceColumn> Slices { get; init; } = [];

    public TagColumn? Tags { get; init; }

    /// <summary>The row as a person would find it again.</summary>
    public string Name(int row) => Names is { } names ? names[row] : $"line {Lines[row]}";
}

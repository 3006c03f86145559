namespace CmlNet.Reports.Contracts;

/// <summary>What a column must be. What is null is not demanded.</summary>
internal sealed record ColumnRule
{
    public required string Name { get; init; }

    /// <summary><c>number</c>, <c>integer</c> or <c>text</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Largest share of rows without a value.</summary>
    public double? MostMissing { get; init; }

    public double? Least { get; init; }

    public double? Greatest { get; init; }

    /// <summary>Share of the values that may lie outside the range: 0 for a declared one.</summary>
    public double OutsideShare { get; init; }

    /// <summary>The only values allowed.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The column may be absent.</summary>
    public bool IsOptional { get; init; }
}

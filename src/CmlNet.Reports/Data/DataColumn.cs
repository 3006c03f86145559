namespace CmlNet.Reports.Data;

/// <summary>A column of a data file: numbers, or texts by how often each occurs.</summary>
internal sealed record DataColumn
{
    public required string Name { get; init; }

    public required long Rows { get; init; }

    /// <summary>Without a value; NaN and infinities count as none.</summary>
    public required long Missing { get; init; }

    /// <summary>Sorted; null when the column holds anything but numbers.</summary>
    public double[]? Numbers { get; init; }

    /// <summary>Every number is whole.</summary>
    public bool IsInteger { get; init; }

    /// <summary>How often each value occurs, values as written; null when there are too many to be categories.</summary>
    public IReadOnlyDictionary<string, long>? Categories { get; init; }

    public double MissingShare => Rows == 0 ? 0 : (double)Missing / Rows;
}

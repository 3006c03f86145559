namespace CmlNet.Reports.Charts.Line;

/// <summary>One line. <see cref="X"/> and <see cref="Y"/> have the same length; a NaN in Y is a gap.</summary>
public sealed record LineSeries
{
    public required string Name { get; init; }

    public required IReadOnlyList<double> X { get; init; }

    public required IReadOnlyList<double> Y { get; init; }
}

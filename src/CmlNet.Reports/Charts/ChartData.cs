namespace CmlNet.Reports.Charts;

/// <summary>What a chart shows, without how it looks. Each kind has its own record beside the chart that draws it.</summary>
public abstract record ChartData
{
    /// <summary>Name of the <see cref="IChart"/> that draws this.</summary>
    public abstract string Kind { get; }

    public required string Title { get; init; }
}

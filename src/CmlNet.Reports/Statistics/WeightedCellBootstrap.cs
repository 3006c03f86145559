namespace CmlNet.Reports.Statistics;

/// <summary>Bootstrap of figures that follow from how much weight falls into each cell: rows are drawn one by one, since rows of one cell differ in weight.</summary>
internal static class WeightedCellBootstrap
{
    /// <summary>An interval for each figure, null where it was never defined.</summary>
    /// <param name="cells">The cell of each row.</param>
    /// <param name="cellCount">How many there are.</param>
    /// <param name="weights">What each row counts for.</param>
    /// <param name="figures">Called from several threads with the weight of each cell.</param>
    /// <param name="figureCount">How many it fills in.</param>
    /// <param name="resamples">How often to draw, if the rows are not too many.</param>
    /// <param name="seed">Same seed, same intervals.</param>
    /// <param name="cancellationToken">Checked once per resample.</param>
    public static IReadOnlyList<BootstrapInterval?> Run(IReadOnlyList<int> cells, int cellCount, IReadOnlyList<double> weights, SumBootstrap.Figures figures, int figureCount, int resamples, ulong seed, CancellationToken cancellationToken) =>
        Resampling.Run(Resampling.Count(cells.Count, resamples), figureCount, seed, () => new double[cellCount], (ref SplitMix random, double[] sums, Span<double> results) =>
        {
            Array.Clear(sums);
            for (int i = 0; i < cells.Count; i++)
            {
                int row = random.NextIndex(cells.Count);
                sums[cells[row]] += weights[row];
            }

            figures(sums, results);
        }, cancellationToken);
}

namespace CmlNet.Reports.Statistics;

/// <summary>
/// Bootstrap of figures that look at rows only through a few kinds (cells) of them, such as the true class with both predictions. Drawing n rows with
/// replacement gives multinomial counts of the cells, so these are drawn directly, each count binomial given those before it: the cost grows
/// with the cells and not with the rows.
/// </summary>
internal static class CellBootstrap
{
    /// <summary>Figures of a resample from its counts; NaN where undefined.</summary>
    public delegate void Figures(ReadOnlySpan<int> counts, Span<double> figures);

    /// <summary>An interval for each figure, null where it was never defined.</summary>
    /// <param name="counts">Rows of each cell.</param>
    /// <param name="figures">Called from several threads.</param>
    /// <param name="figureCount">How many it fills in.</param>
    /// <param name="resamples">How often to draw.</param>
    /// <param name="seed">Same seed, same intervals.</param>
    /// <param name="cancellationToken">Checked once per resample.</param>
    public static IReadOnlyList<BootstrapInterval?> Run(int[] counts, Figures figures, int figureCount, int resamples, ulong seed, CancellationToken cancellationToken)
    {
        int rows = counts.Sum();
        if (rows == 0)
            return new BootstrapInterval?[figureCount];
        return Resampling.Run(resamples, figureCount, seed, () => new int[counts.Length], (ref SplitMix random, int[] drawn, Span<double> results) =>
        {
            Draw(ref random, counts, rows, drawn);
            figures(drawn, results);
        }, cancellationToken);
    }

    /// <summary>One resample: as many rows as there are, spread over the cells.</summary>
    public static void Draw(ref SplitMix random, int[] counts, int rows, int[] drawn)
    {
        int left = rows, weight = rows;
        for (int i = 0; i < counts.Length; i++)
        {
            drawn[i] = BinomialDraw.Next(ref random, left, (double)counts[i] / weight);
            left -= drawn[i];
            weight -= counts[i];
            if (weight == 0)
                weight = 1; // nothing is left to draw either
        }
    }
}

namespace CmlNet.Reports.Statistics;

/// <summary>Bootstrap of figures that need every row of a resample, such as those of the rows' order by score: rows are drawn one by one, and a figure sees how often each was.</summary>
internal static class RowBootstrap
{
    /// <summary>Figures of a resample; NaN where undefined.</summary>
    /// <param name="drawn">How often each row was drawn.</param>
    /// <param name="figures">To be filled in.</param>
    public delegate void Figures(ReadOnlySpan<int> drawn, Span<double> figures);

    /// <summary>An interval for each figure, null where it was never defined.</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="figures">Called from several threads.</param>
    /// <param name="figureCount">How many it fills in.</param>
    /// <param name="resamples">How often to draw.</param>
    /// <param name="seed">Same seed, same intervals.</param>
    /// <param name="cancellationToken">Checked once per resample.</param>
    public static IReadOnlyList<BootstrapInterval?> Run(int rows, Figures figures, int figureCount, int resamples, ulong seed, CancellationToken cancellationToken) =>
        Resampling.Run(resamples, figureCount, seed, () => new int[rows], (ref SplitMix random, int[] drawn, Span<double> results) =>
        {
            Array.Clear(drawn);
            for (int i = 0; i < rows; i++)
                drawn[random.NextIndex(rows)]++;
            figures(drawn, results);
        }, cancellationToken);
}

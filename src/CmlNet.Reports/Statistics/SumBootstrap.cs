namespace CmlNet.Reports.Statistics;

/// <summary>Bootstrap of figures made of sums over rows, such as mean errors: rows are drawn one by one, and only their sums are kept.</summary>
internal static class SumBootstrap
{
    /// <summary>Figures of a resample from the sums of its terms; NaN where undefined.</summary>
    public delegate void Figures(ReadOnlySpan<double> sums, Span<double> figures);

    /// <summary>An interval for each figure, null where it was never defined.</summary>
    /// <param name="terms">Row by row, <paramref name="termCount"/> numbers each.</param>
    /// <param name="termCount">Terms of a row.</param>
    /// <param name="figures">Called from several threads.</param>
    /// <param name="figureCount">How many it fills in.</param>
    /// <param name="resamples">How often to draw, if the rows are not too many.</param>
    /// <param name="seed">Same seed, same intervals.</param>
    /// <param name="cancellationToken">Checked once per resample.</param>
    public static IReadOnlyList<BootstrapInterval?> Run(double[] terms, int termCount, Figures figures, int figureCount, int resamples, ulong seed, CancellationToken cancellationToken)
    {
        int rows = terms.Length / termCount;
        if (rows == 0)
            return new BootstrapInterval?[figureCount];
        return Resampling.Run(Resampling.Count(rows, resamples), figureCount, seed, () => new double[termCount], (ref SplitMix random, double[] sums, Span<double> results) =>
        {
            Array.Clear(sums);
            for (int i = 0; i < rows; i++)
            {
                ReadOnlySpan<double> row = terms.AsSpan(random.NextIndex(rows) * termCount, termCount);
                for (int j = 0; j < row.Length; j++)
                    sums[j] += row[j];
            }

            figures(sums, results);
        }, cancellationToken);
    }
}

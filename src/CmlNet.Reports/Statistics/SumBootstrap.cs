namespace CmlNet.Reports.Statistics;

/// <summary>Bootstrap of figures made of sums over rows, such as mean errors: rows are drawn one by one, and only their sums are kept.</summary>
internal static class SumBootstrap
{
    /// <summary>More draws than this are spread over fewer resamples, though never fewer than 200.</summary>
    private const long MostDraws = 200_000_000;

    private const int FewestResamples = 200;

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
        int count = (int)Math.Clamp(MostDraws / rows, Math.Min(FewestResamples, resamples), resamples);
        double[] values = new double[figureCount * count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, () => (new double[termCount], new double[figureCount]), (b, _, scratch) =>
        {
            SplitMix random = SplitMix.Stream(seed, b);
            Array.Clear(scratch.Item1);
            for (int i = 0; i < rows; i++)
            {
                ReadOnlySpan<double> row = terms.AsSpan(random.NextIndex(rows) * termCount, termCount);
                for (int j = 0; j < row.Length; j++)
                    scratch.Item1[j] += row[j];
            }

            figures(scratch.Item1, scratch.Item2);
            for (int i = 0; i < figureCount; i++)
                values[i * count + b] = scratch.Item2[i];
            return scratch;
        }, _ => { });
        return [.. Enumerable.Range(0, figureCount).Select(i => BootstrapInterval.Of(values.AsSpan(i * count, count)))];
    }
}

namespace CmlNet.Reports.Statistics;

/// <summary>What every bootstrap here does: draw, compute figures, draw again, on all cores. Each resample has random numbers of its own, so that the result is that of one thread.</summary>
internal static class Resampling
{
    /// <summary>More draws than this are spread over fewer resamples, though never fewer than 200.</summary>
    private const long MostDraws = 200_000_000;

    private const int FewestResamples = 200;

    /// <summary>One resample and its figures; NaN where undefined.</summary>
    public delegate void Draw<T>(ref SplitMix random, T scratch, Span<double> figures);

    /// <summary>How many resamples of <paramref name="rows"/> draws each are made when <paramref name="asked"/> are wanted.</summary>
    public static int Count(int rows, int asked) => (int)Math.Clamp(MostDraws / rows, Math.Min(FewestResamples, asked), asked);

    /// <summary>An interval for each figure, null where it was never defined.</summary>
    /// <param name="resamples">How often to draw.</param>
    /// <param name="figureCount">How many <paramref name="draw"/> fills in.</param>
    /// <param name="seed">Same seed, same intervals.</param>
    /// <param name="scratch">Room for one thread.</param>
    /// <param name="draw">Called from several threads.</param>
    /// <param name="cancellationToken">Checked once per resample.</param>
    public static IReadOnlyList<BootstrapInterval?> Run<T>(int resamples, int figureCount, ulong seed, Func<T> scratch, Draw<T> draw, CancellationToken cancellationToken)
    {
        double[] values = new double[figureCount * resamples];
        Parallel.For(0, resamples, new ParallelOptions { CancellationToken = cancellationToken }, () => (Scratch: scratch(), Figures: new double[figureCount]), (b, _, own) =>
        {
            SplitMix random = SplitMix.Stream(seed, b);
            draw(ref random, own.Scratch, own.Figures);
            for (int i = 0; i < figureCount; i++)
                values[i * resamples + b] = own.Figures[i];
            return own;
        }, _ => { });
        return [.. Enumerable.Range(0, figureCount).Select(i => BootstrapInterval.Of(values.AsSpan(i * resamples, resamples)))];
    }
}

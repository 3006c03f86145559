using CmlNet.Reports.Charts.Line;

namespace CmlNet.Reports.Charts.Scatter;

/// <summary>Spreads points that would lie on each other. By place in the series and not by chance: equal data gives an equal picture.</summary>
internal static class Jitter
{
    private const double Widest = 0.3;

    // Fractions of the plastic number fill a square evenly (Roberts 2018); two neighbours never lie close.
    private const double StepX = 0.7548776662466927;
    private const double StepY = 0.5698402909980532;

    public static LineSeries Spread(LineSeries series, bool onX, bool onY)
    {
        double[] x = [.. series.X], y = [.. series.Y];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] += onX ? Offset(i * StepX) : 0;
            y[i] += onY ? Offset(i * StepY) : 0;
        }

        return series with { X = x, Y = y };
    }

    private static double Offset(double position) => ((position + 0.5) % 1 - 0.5) * 2 * Widest;
}

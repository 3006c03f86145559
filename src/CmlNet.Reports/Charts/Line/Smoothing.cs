namespace CmlNet.Reports.Charts.Line;

/// <summary>Exponential moving average as TensorBoard draws it: s_i = w s_(i-1) + (1-w) x_i, divided by 1 - w^i so that the start is not drawn towards 0.</summary>
internal static class Smoothing
{
    public const double Weight = 0.6;

    /// <summary>The series with smoothed values; steps at which nothing finite was logged keep their gap.</summary>
    public static LineSeries Apply(LineSeries series, double weight = Weight)
    {
        LineSeries ordered = LineOrder.Of(series);
        double[] smooth = new double[ordered.Y.Count];
        double state = 0, used = 1;
        for (int i = 0; i < smooth.Length; i++)
        {
            double value = ordered.Y[i];
            if (double.IsFinite(value))
            {
                state = weight * state + (1 - weight) * value;
                used *= weight;
                smooth[i] = state / (1 - used);
            }
            else
            {
                smooth[i] = double.NaN;
            }
        }

        return ordered with { Y = smooth };
    }
}

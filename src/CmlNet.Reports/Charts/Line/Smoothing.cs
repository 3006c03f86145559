namespace CmlNet.Reports.Charts.Line;

/// <summary>Exponential moving average as TensorBoard draws it: s_i = w s_(i-1) + (1-w) x_i, divided by 1 - w^i so that the start is not drawn towards 0.</summary>
internal static class Smoothing
{
    public const double Weight = 0.6;

    /// <summary>The series with smoothed values; steps at which nothing finite was logged keep their gap.</summary>
    /// <param name="series">As logged.</param>
    /// <param name="weight">Of what was before.</param>
    /// <param name="isLog">For a logarithmic axis: the mean is the geometric one, which a value of another decade does not hide; all values are above 0.</param>
    public static LineSeries Apply(LineSeries series, double weight = Weight, bool isLog = false)
    {
        LineSeries ordered = LineOrder.Of(series);
        double[] smooth = new double[ordered.Y.Count];
        double state = 0, used = 1;
        for (int i = 0; i < smooth.Length; i++)
        {
            double value = ordered.Y[i];
            if (double.IsFinite(value) && !(isLog && value <= 0))
            {
                state = weight * state + (1 - weight) * (isLog ? Math.Log(value) : value);
                used *= weight;
                smooth[i] = isLog ? Math.Exp(state / (1 - used)) : state / (1 - used);
            }
            else
            {
                smooth[i] = double.NaN;
            }
        }

        return ordered with { Y = smooth, Logged = ordered.Y };
    }
}

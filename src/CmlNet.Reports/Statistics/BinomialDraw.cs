namespace CmlNet.Reports.Statistics;

/// <summary>Exact draws from a binomial distribution: inversion for a small mean, else Hörmann's transformed rejection with squeeze (BTRS, 1993).</summary>
internal static class BinomialDraw
{
    private const double SmallMean = 10;

    // ln k! less Stirling's formula, for k below 10.
    private static readonly double[] StirlingTails =
    [
        0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
        0.01387612882307075, 0.01189670994589177, 0.01041126526197209, 0.009255462182712733, 0.008330563433362871,
    ];

    /// <param name="random">Advanced by two draws for each attempt, one for inversion.</param>
    /// <param name="trials">At least 0.</param>
    /// <param name="rate">From 0 to 1.</param>
    public static int Next(ref SplitMix random, int trials, double rate)
    {
        if (trials == 0 || rate <= 0)
            return 0;
        if (rate >= 1)
            return trials;
        if (rate > 0.5)
            return trials - Lower(ref random, trials, 1 - rate);
        return Lower(ref random, trials, rate);
    }

    private static int Lower(ref SplitMix random, int trials, double rate) =>
        trials * rate < SmallMean ? Invert(ref random, trials, rate) : Reject(ref random, trials, rate);

    private static int Invert(ref SplitMix random, int trials, double rate)
    {
        double odds = rate / (1 - rate), scale = (trials + 1) * odds, mass = Math.Pow(1 - rate, trials), u = random.NextDouble();
        int k = 0;
        while (u > mass && k < trials)
        {
            u -= mass;
            k++;
            mass *= scale / k - odds;
        }

        return k;
    }

    private static int Reject(ref SplitMix random, int trials, double rate)
    {
        double spread = Math.Sqrt(trials * rate * (1 - rate)), b = 1.15 + 2.53 * spread, a = -0.0873 + 0.0248 * b + 0.01 * rate;
        double centre = trials * rate + 0.5, squeeze = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * spread, odds = rate / (1 - rate);
        double mode = Math.Floor((trials + 1) * rate);
        while (true)
        {
            double u = random.NextDouble() - 0.5, v = random.NextDouble(), us = 0.5 - Math.Abs(u);
            double k = Math.Floor((2 * a / us + b) * u + centre);
            if (us >= 0.07 && v <= squeeze)
                return (int)k;
            if (k < 0 || k > trials)
                continue;
            double bound = (mode + 0.5) * Math.Log((mode + 1) / (odds * (trials - mode + 1)))
                + (trials + 1) * Math.Log((trials - mode + 1) / (trials - k + 1))
                + (k + 0.5) * Math.Log(odds * (trials - k + 1) / (k + 1))
                + Tail(mode) + Tail(trials - mode) - Tail(k) - Tail(trials - k);
            if (Math.Log(v * alpha / (a / (us * us) + b)) <= bound)
                return (int)k;
        }
    }

    private static double Tail(double k)
    {
        if (k < StirlingTails.Length)
            return StirlingTails[(int)k];
        double square = (k + 1) * (k + 1);
        return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
    }
}

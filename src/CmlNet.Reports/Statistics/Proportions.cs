namespace CmlNet.Reports.Statistics;

/// <summary>Whether rates differ, from counts alone or from paired outcomes.</summary>
internal static class Proportions
{
    private const double Z95 = 1.959963984540054;
    private const int ExactBelow = 25;

    /// <summary>Wilson's 95 % interval of a rate. Null without trials.</summary>
    public static (double Low, double High)? Wilson(long hits, long trials)
    {
        if (trials == 0)
            return null;
        double rate = (double)hits / trials, square = Z95 * Z95, scale = 1 + square / trials;
        double centre = (rate + square / (2 * trials)) / scale;
        double half = Z95 * Math.Sqrt(rate * (1 - rate) / trials + square / (4.0 * trials * trials)) / scale;
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    /// <summary>Pooled two-proportion z test of independent samples, two-sided. Null when either has no trials or the pooled rate is 0 or 1.</summary>
    public static (double Z, double P)? TwoProportion(long oldHits, long oldTrials, long newHits, long newTrials)
    {
        if (oldTrials == 0 || newTrials == 0)
            return null;
        double pooled = (double)(oldHits + newHits) / (oldTrials + newTrials);
        double error = Math.Sqrt(pooled * (1 - pooled) * (1.0 / oldTrials + 1.0 / newTrials));
        if (error == 0)
            return null;
        double z = ((double)oldHits / oldTrials - (double)newHits / newTrials) / error;
        return (z, Tails.TwoSidedNormal(z));
    }

    /// <summary>McNemar's test on cases that only one side got right: exact below 25 such cases, else chi-squared with continuity correction. P is 1 when there are none.</summary>
    public static double McNemar(long onlyOld, long onlyNew)
    {
        long discordant = onlyOld + onlyNew;
        if (discordant < ExactBelow)
            return McNemarExact(onlyOld, onlyNew);
        double distance = Math.Max(0, Math.Abs(onlyOld - onlyNew) - 1);
        return Tails.ChiSquared1(distance * distance / discordant);
    }

    /// <summary>min(1, 2 P(X ≤ min)) of fair coins.</summary>
    public static double McNemarExact(long onlyOld, long onlyNew) => Math.Min(1, 2 * Tails.FairCoins(Math.Min(onlyOld, onlyNew), onlyOld + onlyNew));
}

namespace CmlNet.Reports.Statistics;

/// <summary>Tail probabilities, to about 14 digits.</summary>
internal static class Tails
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>P(|Z| ≥ |z|) of a standard normal.</summary>
    public static double TwoSidedNormal(double z) => Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>P(X ≥ x) of chi-squared with one degree of freedom.</summary>
    public static double ChiSquared1(double x) => Erfc(Math.Sqrt(x / 2));

    /// <summary>P(X ≤ k) of n fair coins.</summary>
    public static double FairCoins(long k, long n)
    {
        if (k >= n)
            return 1;
        if (k > n / 2)
            return 1 - FairCoins(n - k - 1, n); // from the far side the terms would rise from nothing
        double term = CoinDensity(k, n), sum = 0;
        for (long i = k; i >= 0 && term > sum * 1e-18; i--)
        {
            sum += term;
            term *= (double)i / (n - i + 1);
        }

        return Math.Min(1, sum);
    }

    // Loader's saddle-point expansion (2000): no factorial overflows and no digits cancel.
    private static double CoinDensity(long k, long n)
    {
        if (k == 0)
            return Math.Pow(0.5, n);
        double half = n / 2.0;
        double exponent = StirlingError(n) - StirlingError(k) - StirlingError(n - k) - Deviance(k, half) - Deviance(n - k, half);
        return Math.Exp(exponent) * Math.Sqrt(n / (2 * Math.PI * k * (n - k)));
    }

    private static double Deviance(double x, double mean) => x * Math.Log(x / mean) + mean - x;

    // ln n! - (n + 1/2) ln n + n - ln(2π)/2
    private static double StirlingError(double n)
    {
        if (n > 15)
        {
            double square = n * n;
            return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square) / n;
        }

        double factorial = 1;
        for (int i = 2; i <= n; i++)
            factorial *= i;
        return Math.Log(factorial) - (n + 0.5) * Math.Log(n) + n - HalfLogTwoPi;
    }

    private static double Erfc(double x)
    {
        if (x < 2)
        {
            double term = x, sum = x;
            for (int n = 1; Math.Abs(term) > sum * 1e-17; n++)
            {
                term *= 2 * x * x / (2 * n + 1);
                sum += term;
            }

            return 1 - 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }

        // Continued fraction from its tail: x + (1/2)/(x + 1/(x + (3/2)/(x + …
        double fraction = x;
        for (int i = 200; i > 0; i--)
            fraction = x + i / 2.0 / fraction;
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}

namespace CmlNet.Reports.Statistics;

/// <summary>Tails that need the gamma function, to about 14 digits.</summary>
internal static class GammaTail
{
    // Lanczos' approximation with g = 7 and nine terms (Godfrey's coefficients).
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>P(X ≥ x) of chi-squared.</summary>
    public static double ChiSquared(double x, int degrees)
    {
        if (double.IsPositiveInfinity(x))
            return 0;
        return x <= 0 ? 1 : Upper(degrees / 2.0, x / 2);
    }

    /// <summary>ln Γ(x) for x at least 0.5.</summary>
    public static double LogGamma(double x)
    {
        double sum = Lanczos[0], t = x + 6.5;
        for (int i = 1; i < Lanczos.Length; i++)
            sum += Lanczos[i] / (x - 1 + i);
        return 0.91893853320467274178 + (x - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }

    // Regularised upper incomplete gamma: its series below the mode, Lentz's continued fraction above.
    private static double Upper(double a, double x)
    {
        double scale = Math.Exp(a * Math.Log(x) - x - LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a, sum = term;
            for (double n = a + 1; term > sum * 1e-17; n++)
            {
                term *= x / n;
                sum += term;
            }

            return 1 - sum * scale;
        }

        double b = x + 1 - a, c = 1e300, d = 1 / b, fraction = d;
        for (int i = 1; i < 10_000; i++)
        {
            double step = -i * (i - a);
            b += 2;
            d = 1 / (step * d + b);
            c = b + step / c;
            fraction *= c * d;
            if (Math.Abs(c * d - 1) < 1e-16)
                break;
        }

        return scale * fraction;
    }
}

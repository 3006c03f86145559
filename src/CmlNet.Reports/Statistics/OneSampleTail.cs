namespace CmlNet.Reports.Statistics;

/// <summary>
/// P(D ≥ d) of the one-sample Kolmogorov-Smirnov statistic. Which formula serves where is Simard and L'Ecuyer's choice (2011), as in SciPy: exact
/// (Marsaglia, Tsang and Wang 2003) where it is cheap, twice the one-sided tail where that is small, Pelz and Good (1976) between.
/// </summary>
internal static class OneSampleTail
{
    private const int SmallCount = 140;

    public static double Of(int n, double d)
    {
        double spread = n * d * d;
        if (d >= 1)
            return 0;
        if (n * d <= 0.5)
            return 1;
        if (spread >= (n <= SmallCount ? 4 : 2.2) || d >= 0.5)
            return Math.Min(1, 2 * OneSided(n, d));
        return 1 - (n <= SmallCount || n * Math.Pow(d, 1.5) <= 1.4 ? Matrix(n, d) : PelzGood(n, d));
    }

    // Birnbaum and Tingey (1951).
    private static double OneSided(int n, double d)
    {
        double sum = 0, factorial = GammaTail.LogGamma(n + 1);
        for (int j = 0; j <= (int)Math.Floor(n * (1 - d)); j++)
        {
            double above = 1 - d - (double)j / n;
            if (above <= 0 && j < n)
                continue;
            double power = j == n ? 0 : (n - j) * Math.Log(above);
            sum += Math.Exp(factorial - GammaTail.LogGamma(j + 1) - GammaTail.LogGamma(n - j + 1) + (j - 1) * Math.Log(d + (double)j / n) + power);
        }

        return d * sum;
    }

    private static double Matrix(int n, double d)
    {
        int k = (int)(n * d) + 1, size = 2 * k - 1;
        double h = k - n * d;
        double[,] step = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                step[i, j] = i - j + 1 < 0 ? 0 : 1;
        }

        for (int i = 0; i < size; i++)
        {
            step[i, 0] -= Math.Pow(h, i + 1);
            step[size - 1, i] -= Math.Pow(h, size - i);
        }

        step[size - 1, 0] += 2 * h - 1 > 0 ? Math.Pow(2 * h - 1, size) : 0;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                for (int g = 2; g <= i - j + 1; g++)
                    step[i, j] /= g;
            }
        }

        return Power(step, n, k - 1);
    }

    // n! / n^n times the middle of the n-th power, which is scaled to stay finite.
    private static double Power(double[,] step, int n, int middle)
    {
        int size = step.GetLength(0);
        double[,] result = new double[size, size];
        for (int i = 0; i < size; i++)
            result[i, i] = 1;
        double logScale = 0, stepScale = 0;
        for (int left = n; left > 0; left >>= 1)
        {
            if ((left & 1) == 1)
            {
                result = Multiply(result, step);
                logScale += stepScale;
                logScale += Rescale(result, middle);
            }

            step = Multiply(step, step);
            stepScale = 2 * stepScale + Rescale(step, middle);
        }

        return result[middle, middle] * Math.Exp(logScale + GammaTail.LogGamma(n + 1) - n * Math.Log(n));
    }

    private static double Rescale(double[,] matrix, int middle)
    {
        double pivot = matrix[middle, middle];
        if (pivot is < 1e140 and > 1e-140)
            return 0;
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
                matrix[i, j] /= pivot;
        }

        return Math.Log(pivot);
    }

    private static double[,] Multiply(double[,] a, double[,] b)
    {
        int size = a.GetLength(0);
        double[,] product = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < size; k++)
            {
                for (int j = 0; j < size; j++)
                    product[i, j] += a[i, k] * b[k, j];
            }
        }

        return product;
    }

    // The expansion of the distribution function in powers of 1/√n, to the third.
    private static double PelzGood(int n, double d)
    {
        double z = Math.Sqrt(n) * d, z2 = z * z, z4 = z2 * z2, z6 = z4 * z2, pi2 = Math.PI * Math.PI, root = Math.Sqrt(Math.PI / 2);
        double k0 = 0, k1 = 0, k2 = 0, k3 = 0, whole2 = 0, whole3 = 0;
        for (int k = 0; k < 40; k++)
        {
            double half = pi2 * (k + 0.5) * (k + 0.5), e = 2 * Math.Exp(-half / (2 * z2)); // k and -k-1 are alike
            k0 += e;
            k1 += (half - z2) * e;
            k2 += (6 * z6 + 2 * z4 + half * (2 * z4 - 5 * z2) + half * half * (1 - 2 * z2)) * e;
            k3 += (half * half * half * (5 - 30 * z2) + half * half * (-60 * z2 + 212 * z4) + half * (135 * z4 - 96 * z6) - (30 * z6 + 90 * z6 * z2)) * e;
            double square = pi2 * k * k, f = 2 * Math.Exp(-square / (2 * z2));
            whole2 += square * f;
            whole3 += (3 * square * z2 - square * square) * f;
        }

        return root / z * k0
            + root * k1 / (6 * z4) / Math.Sqrt(n)
            + root * (k2 / (72 * z6 * z) - whole2 / (36 * z2 * z)) / n
            + root * (k3 / (6480 * z6 * z4) + whole3 / (216 * z6)) / (n * Math.Sqrt(n));
    }
}

using CmlNet.Reports.Data;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Drift;

/// <summary>One column against its reference, by the test that Evidently takes by default for its kind and size.</summary>
internal static class DriftTests
{
    private const int SmallReference = 1_000;
    private const int FewValues = 5;
    private const double Level = 0.05;
    private const double Far = 0.1;
    private const double LeastSpread = 0.001;
    private const int MostBars = 12;

    /// <summary>Null, with why, when there is nothing to test.</summary>
    public static DriftColumn? Test(DataColumn reference, DataColumn now, out string why)
    {
        why = "";
        if (reference.Rows == reference.Missing || now.Rows == now.Missing)
        {
            why = "has no values";
            return null;
        }

        if (reference.Numbers is { } before && now.Numbers is { } after)
            return Numeric(reference, now, before, after);
        if ((reference.Numbers is null) != (now.Numbers is null))
            return new DriftColumn { Name = now.Name, Test = "type", Threshold = 0, IsDrifted = true };
        if (reference.Categories is null || now.Categories is null)
        {
            why = "has too many different texts";
            return null;
        }

        (long[] old, long[] current) = Counts(reference.Categories, now.Categories);
        return (reference.Rows - reference.Missing <= SmallReference, old.Length) switch
        {
            (false, _) => JensenShannon(now.Name, old, current),
            (true, > 2) => ChiSquared(now.Name, old, current),
            _ => Z(now.Name, old, current),
        };
    }

    private static DriftColumn Numeric(DataColumn reference, DataColumn now, double[] before, double[] after)
    {
        (long[] old, long[] current) = ByValue(before, after);
        bool small = before.Length <= SmallReference;
        if (old.Length <= FewValues)
            return !small ? JensenShannon(now.Name, old, current) : old.Length > 2 ? ChiSquared(now.Name, old, current) : Z(now.Name, old, current);
        (double[] shares, double[] currentShares) = Histogram.Of(before, after);
        if (small)
        {
            KolmogorovSmirnov test = KolmogorovSmirnov.Of(before, after);
            return new DriftColumn { Name = now.Name, Test = "ks", Statistic = test.Statistic, P = test.P, Threshold = Level, IsDrifted = test.P <= Level, Reference = shares, Current = currentShares };
        }

        double mean = before.Average(), spread = Math.Sqrt(before.Sum(value => (value - mean) * (value - mean)) / before.Length);
        double distance = Distances.Wasserstein(before, after) / Math.Max(spread, LeastSpread);
        return new DriftColumn { Name = now.Name, Test = "wasserstein", Statistic = distance, Threshold = Far, IsDrifted = distance >= Far, Reference = shares, Current = currentShares };
    }

    private static DriftColumn JensenShannon(string name, long[] old, long[] now)
    {
        double distance = Distances.JensenShannon(old, now);
        return new DriftColumn { Name = name, Test = "jensenshannon", Statistic = distance, Threshold = Far, IsDrifted = distance >= Far, Reference = Shares(old, old), Current = Shares(now, old) };
    }

    private static DriftColumn ChiSquared(string name, long[] old, long[] now)
    {
        double statistic = Distances.ChiSquared(old, now), p = GammaTail.ChiSquared(statistic, old.Length - 1);
        return new DriftColumn { Name = name, Test = "chi2", Statistic = statistic, P = p, Threshold = Level, IsDrifted = p < Level, Reference = Shares(old, old), Current = Shares(now, old) };
    }

    private static DriftColumn Z(string name, long[] old, long[] now)
    {
        (double z, double p) = Proportions.TwoProportion(old[0], old.Sum(), now[0], now.Sum()) ?? (0, 1); // one value on both sides
        return new DriftColumn { Name = name, Test = "z", Statistic = z, P = p, Threshold = Level, IsDrifted = p < Level, Reference = Shares(old, old), Current = Shares(now, old) };
    }

    // Categories of both sides in sorted order.
    private static (long[] Old, long[] Now) Counts(IReadOnlyDictionary<string, long> old, IReadOnlyDictionary<string, long> now)
    {
        string[] names = [.. old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return ([.. names.Select(name => old.GetValueOrDefault(name))], [.. names.Select(name => now.GetValueOrDefault(name))]);
    }

    // Values of both sides in order, given up once they are more than a few.
    private static (long[] Old, long[] Now) ByValue(double[] old, double[] now)
    {
        List<long> before = [], after = [];
        int i = 0, j = 0;
        while ((i < old.Length || j < now.Length) && before.Count <= FewValues)
        {
            double value = j == now.Length || (i < old.Length && old[i] <= now[j]) ? old[i] : now[j];
            int from = i, fromNow = j;
            while (i < old.Length && old[i] == value)
                i++;
            while (j < now.Length && now[j] == value)
                j++;
            before.Add(i - from);
            after.Add(j - fromNow);
        }

        return ([.. before], [.. after]);
    }

    // The commonest categories of the reference.
    private static double[] Shares(long[] counts, long[] reference)
    {
        double total = Math.Max(1, counts.Sum());
        return [.. Enumerable.Range(0, counts.Length).OrderByDescending(i => reference[i]).ThenBy(i => i).Take(MostBars).Order().Select(i => counts[i] / total)];
    }
}

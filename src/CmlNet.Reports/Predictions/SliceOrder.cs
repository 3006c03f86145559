using CmlNet.Reports.Findings;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>Slices as readers want them: adjusted for how many there are, the most harmed first, small ones last.</summary>
internal static class SliceOrder
{
    /// <param name="slices">The figures of each slice, the one that counts first.</param>
    public static IReadOnlyList<SliceResult> Sort(List<List<SliceResult>> slices)
    {
        Adjust(slices);
        return [.. slices.OrderBy(slice => slice[0].Count < SliceResult.SmallCount).ThenByDescending(slice => slice[0].Harm).ThenBy(slice => slice[0].Column, StringComparer.Ordinal).ThenBy(slice => slice[0].Value, StringComparer.Ordinal).SelectMany(slice => slice)];
    }

    private static void Adjust(List<List<SliceResult>> slices)
    {
        foreach (string metric in slices.SelectMany(slice => slice).Select(result => result.Metric).Distinct(StringComparer.Ordinal).ToList())
        {
            var tested = slices.Select(slice => (Slice: slice, Place: slice.FindIndex(result => result.Metric == metric))).Where(one => one.Place >= 0 && one.Slice[one.Place].P is not null).ToList();
            double[] adjusted = FalseDiscovery.Adjust([.. tested.Select(one => one.Slice[one.Place].P ?? 1)]);
            for (int i = 0; i < tested.Count; i++)
                tested[i].Slice[tested[i].Place] = tested[i].Slice[tested[i].Place] with { AdjustedP = adjusted[i] };
        }
    }
}

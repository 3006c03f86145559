namespace CmlNet.Reports.Charts.Heatmap;

/// <summary>Makes a large matrix small enough to be seen: blocks by their mean, in each direction no larger than needed.</summary>
internal static class HeatmapReduction
{
    /// <summary>How many rows, or columns, become one.</summary>
    public static int Block(int side, int mostSide) => Math.Max(1, (side + mostSide - 1) / mostSide);

    /// <summary>The data itself when it is small enough.</summary>
    public static HeatmapChartData Reduce(HeatmapChartData map, int mostSide)
    {
        int tall = Block(map.Rows.Count, mostSide), wide = Block(map.Columns.Count, mostSide);
        if (tall == 1 && wide == 1)
            return map;
        int rows = (map.Rows.Count + tall - 1) / tall, columns = (map.Columns.Count + wide - 1) / wide;
        double[] sums = new double[rows * columns];
        int[] counts = new int[sums.Length];
        for (int i = 0; i < map.Values.Count; i++)
        {
            if (!double.IsFinite(map.Values[i]))
                continue;
            int cell = i / map.Columns.Count / tall * columns + i % map.Columns.Count / wide;
            sums[cell] += map.Values[i];
            counts[cell]++;
        }

        return map with
        {
            Rows = Names(map.Rows, tall),
            Columns = Names(map.Columns, wide),
            Values = [.. sums.Select((sum, i) => counts[i] == 0 ? double.NaN : sum / counts[i])],
        };
    }

    private static IReadOnlyList<string> Names(IReadOnlyList<string> names, int block) => block == 1 ? names :
        [.. Enumerable.Range(0, (names.Count + block - 1) / block).Select(i => $"{names[i * block]} …")];
}

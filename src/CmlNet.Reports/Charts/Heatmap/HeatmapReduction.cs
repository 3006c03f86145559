namespace CmlNet.Reports.Charts.Heatmap;

/// <summary>Makes a large matrix small enough to be seen: square blocks by their mean.</summary>
internal static class HeatmapReduction
{
    /// <summary>How many rows and columns become one.</summary>
    public static int Block(HeatmapChartData map, int mostSide) => (Math.Max(map.Rows.Count, map.Columns.Count) + mostSide - 1) / mostSide;

    /// <summary>The data itself when it is small enough.</summary>
    public static HeatmapChartData Reduce(HeatmapChartData map, int mostSide)
    {
        int block = Block(map, mostSide);
        if (block <= 1)
            return map;
        int rows = (map.Rows.Count + block - 1) / block, columns = (map.Columns.Count + block - 1) / block;
        double[] sums = new double[rows * columns];
        int[] counts = new int[sums.Length];
        for (int i = 0; i < map.Values.Count; i++)
        {
            if (!double.IsFinite(map.Values[i]))
                continue;
            int cell = i / map.Columns.Count / block * columns + i % map.Columns.Count / block;
            sums[cell] += map.Values[i];
            counts[cell]++;
        }

        return map with
        {
            Rows = Names(map.Rows, block),
            Columns = Names(map.Columns, block),
            Values = [.. sums.Select((sum, i) => counts[i] == 0 ? double.NaN : sum / counts[i])],
        };
    }

    private static string[] Names(IReadOnlyList<string> names, int block) =>
        [.. Enumerable.Range(0, (names.Count + block - 1) / block).Select(i => $"{names[i * block]} …")];
}

using CmlNet.Reports.Charts.Bar;

namespace CmlNet.Reports.Charts.Confusion;

/// <summary>A matrix too large to be read, as the pairs that matter: which class was taken for which how often.</summary>
internal static class LargestConfusions
{
    private const int Shown = 20;

    public static BarChartData Of(ConfusionChartData matrix)
    {
        int n = matrix.Labels.Count;
        var largest = new PriorityQueue<int, (double Count, int Order)>();
        for (int i = 0; i < n * n; i++)
        {
            if (i / n == i % n || matrix.Counts[i] == 0)
                continue;
            largest.Enqueue(i, (matrix.Counts[i], -i));
            if (largest.Count > Shown)
                largest.Dequeue();
        }

        var bars = new List<ChartBar>();
        while (largest.TryDequeue(out int cell, out _))
            bars.Add(new ChartBar($"{matrix.Labels[cell / n]} → {matrix.Labels[cell % n]}", matrix.Counts[cell]));
        bars.Reverse();
        return new BarChartData
        {
            Title = $"{matrix.Title}: the largest confusions among {n} classes",
            ValueName = $"cases ({matrix.RowName} → {matrix.ColumnName})",
            EmptyMessage = "no case was confused",
            Bars = bars,
        };
    }
}

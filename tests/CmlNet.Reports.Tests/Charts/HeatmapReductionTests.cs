using CmlNet.Reports.Charts.Heatmap;

namespace CmlNet.Reports.Tests.Charts;

public sealed class HeatmapReductionTests
{
    [Fact]
    public void Reduce_TallMatrix_JoinsRowsAndKeepsColumns()
    {
        var map = new HeatmapChartData { Title = "", ValueName = "v", RowName = "r", ColumnName = "c", Rows = ["a", "b", "c", "d", "e"], Columns = ["x", "y"], Values = [1, 10, 3, double.NaN, 5, 50, 7, 70, 9, 90] };
        HeatmapChartData reduced = HeatmapReduction.Reduce(map, 3);
        Assert.Equal(["a …", "c …", "e …"], reduced.Rows);
        Assert.Equal(["x", "y"], reduced.Columns);
        Assert.Equal([2, 10, 6, 60, 9, 90], reduced.Values);
        Assert.Same(map, HeatmapReduction.Reduce(map, 5));
    }
}

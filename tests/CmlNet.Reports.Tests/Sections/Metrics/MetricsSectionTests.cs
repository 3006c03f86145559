using CmlNet.Reports.Baselines;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Tests.Sections.Metrics;

public sealed class MetricsSectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Build_ManyMetrics_ShowsThoseThatChangedAndFoldsTheOthers()
    {
        IReadOnlyList<ReportBlock> blocks = Build(changed: 2);
        TableBlock shown = Assert.IsType<TableBlock>(blocks[0]), folded = Assert.IsType<TableBlock>(blocks[1]);
        Assert.Equal((null, 2), (shown.CollapsedUnder, shown.Rows.Count));
        Assert.Equal(("98 metrics that did not change", 98), (folded.CollapsedUnder, folded.Rows.Count));
    }

    [Fact]
    public void Build_ManyMetricsAllAlike_SaysSo()
    {
        IReadOnlyList<ReportBlock> blocks = Build(changed: 0);
        Assert.Equal("None of 100 metrics changed.", Assert.Single(Assert.IsType<ParagraphBlock>(blocks[0]).Runs).Text);
        Assert.Equal("100 metrics that did not change", Assert.IsType<TableBlock>(Assert.Single(blocks.Skip(1))).CollapsedUnder);
    }

    [Fact]
    public void Build_ManyMetricsAllChanged_FoldsThem() =>
        Assert.Equal("100 metrics that changed", Assert.IsType<TableBlock>(Assert.Single(Build(changed: 100))).CollapsedUnder);

    private IReadOnlyList<ReportBlock> Build(int changed)
    {
        _folder.Write("before/metrics.json", $"{{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"m{i}\": {i}"))}}}");
        _folder.Write("run/metrics.json", $"{{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"m{i}\": {(i < changed ? i + 1 : i)}"))}}}");
        var request = new ReportRequest
        {
            Directory = Path.Combine(_folder.Path, "run"), WorkingDirectory = _folder.Path,
            Baseline = new BaselineRequest { Asked = "before", IsExplicit = true, Now = DateTimeOffset.UnixEpoch },
        };
        return new ReportBuilder().Build(request, CancellationToken.None).Model.Sections.Single(section => section.Name == "metrics").Blocks;
    }
}

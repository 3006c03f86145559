using CmlNet.Reports.Gates;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Tests.Sections.Gates;

public sealed class GatesSectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Build_GatesThatDidNotPass_SaysWhyBelowTheTableOnceForEachReason()
    {
        _folder.Write("metrics.json", "{\"a\": 1, \"b\": 2, \"c\": 3}");
        var drop = new ChangeLimit(0.1, false);
        ReportSection section = Build(new Gate { Name = "a", Min = 0 }, new Gate { Name = "a", MaxDrop = drop }, new Gate { Name = "b", MaxDrop = drop }, new Gate { Name = "c", Max = 2 }, new Gate { Name = "c", Max = 1, Level = GateLevel.Warn });
        var table = Assert.IsType<TableBlock>(section.Blocks[0]);
        Assert.Equal(["✅ passed", "⚠️ not judged", "⚠️ not judged", "❌ failed", "⚠️ failed"], table.Rows.Select(row => row[1]));
        Assert.Equal(["⚠️ a, b: no baseline was asked for", "❌ c: above 2", "⚠️ c: above 1"], section.Blocks.Skip(1).Select(block => Assert.IsType<NoteBlock>(block).Text));
    }

    private ReportSection Build(params Gate[] gates) =>
        new ReportBuilder().Build(new ReportRequest { Directory = _folder.Path, WorkingDirectory = _folder.Path, Gates = gates }, CancellationToken.None).Model.Sections.Single(section => section.Name == "gates");
}

using CmlNet.Reports.Baselines;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Json;

namespace CmlNet.Reports.Tests.Json;

public sealed class ReportJsonWriterTests
{
    [Fact]
    public void Write_ComparedRun_EqualsGolden()
    {
        using var folder = new TemporaryFolder();
        folder.Write("run/metrics.json", "{\"accuracy\": 0.75, \"loss\": NaN, \"note\": \"<b>\"}");
        folder.Write("run/params.yaml", "layers: [1, .inf]\n");
        folder.Write("before/metrics.json", "{\"accuracy\": 0.5, \"loss\": 2}");
        BuiltReport built = new ReportBuilder().Build(
            new ReportRequest
            {
                Directory = Path.Combine(folder.Path, "run"),
                WorkingDirectory = folder.Path,
                Baseline = new BaselineRequest { Asked = "before", IsExplicit = true, Now = DateTimeOffset.UnixEpoch },
                Gates = [new Gate { Name = "accuracy", Min = 0.7 }, new Gate { Name = "loss", MaxRise = new ChangeLimit(0.1, true), Level = GateLevel.Warn }],
            },
            CancellationToken.None);
        GoldenFile.Check("tests/CmlNet.Reports.Tests/Golden/report.json", ReportJsonWriter.Write(built));
    }
}

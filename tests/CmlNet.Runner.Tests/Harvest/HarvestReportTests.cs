using CmlNet.Containers;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Harvest;

namespace CmlNet.Runner.Tests.Harvest;

public sealed class HarvestReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _refused = [];

    [Fact]
    public void Build_MetricsLeft_RendersThem()
    {
        File.WriteAllText(_folder["metrics.json"], """{"accuracy": 0.91}""");
        string report = Build()!;
        Assert.StartsWith("# Model", report.TrimStart('#', ' ').Insert(0, "# "), StringComparison.Ordinal);
        Assert.Contains("accuracy", report, StringComparison.Ordinal);
        Assert.Contains("0.91", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NothingLeft_IsNoReport() => Assert.Null(Build());

    [Theory]
    [InlineData(".cml-assets")]
    [InlineData(".cml-assets/plots-loss.svg/x")]
    [InlineData(".cml-assets/old.svg")]
    public void Build_JobLeftSomethingWhereThePicturesGo_IsReplaced(string path)
    {
        Directory.CreateDirectory(_folder["plots"]);
        File.WriteAllText(_folder["plots/loss.csv"], "step,loss\n1,0.5\n2,0.4\n");
        Build();
        string[] pictures = Directory.GetFiles(_folder[".cml-assets"]);
        Assert.NotEmpty(pictures);
        Directory.Delete(_folder[".cml-assets"], recursive: true);
        string left = _folder[path.Replace("plots-loss.svg", Path.GetFileName(pictures[0]), StringComparison.Ordinal)];
        Directory.CreateDirectory(Path.GetDirectoryName(left)!); // it lies in a folder
        File.WriteAllText(left, "mine");

        Assert.NotNull(Build());

        Assert.Equal(pictures.Order(StringComparer.Ordinal), Directory.GetFileSystemEntries(_folder[".cml-assets"]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/etc/passwd.json")]
    [InlineData("../secret.json")]
    [InlineData("a/../../secret.json")]
    [InlineData("~/secret.json")]
    public void Build_ConfigurationThatLeadsOut_IsNotFollowed(string file)
    {
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(_folder.Path)!, "secret.json"), """{"password": 1}""");
        File.WriteAllText(_folder["metrics.json"], """{"accuracy": 0.91}""");
        File.WriteAllText(_folder["cml.yaml"], $"report:\n  sections:\n    - metrics: {{ files: '{file}' }}\n");
        string report = Build()!;
        Assert.DoesNotContain("password", report, StringComparison.Ordinal);
        Assert.Contains("accuracy", report, StringComparison.Ordinal);
        Assert.Contains("outside of what the job left", Assert.Single(_refused), StringComparison.Ordinal);
        File.Delete(Path.Combine(Path.GetDirectoryName(_folder.Path)!, "secret.json"));
    }

    [Fact]
    public void Copy_Workspace_TakesWhatAReportNeedsAndNothingElse()
    {
        using var outbox = new TemporaryFolder();
        File.WriteAllText(_folder["metrics.json"], """{"accuracy": 0.91}""");
        File.WriteAllText(_folder["model.bin"], "large");
        File.WriteAllText(_folder["cml.yaml"], "report: { title: Model }\n");
        File.CreateSymbolicLink(_folder["link.json"], "/etc/hostname");
        Directory.CreateDirectory(_folder["plots"]);
        File.WriteAllText(_folder["plots/loss.csv"], "step,loss\n1,0.5\n2,0.4\n");
        Assert.Equal(3, OutboxFiles.Copy(_folder.Path, outbox.Path, new HarvestLimits()));
        Assert.Equal(["cml.yaml", "metrics.json", "plots/loss.csv"], Directory.EnumerateFiles(outbox.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(outbox.Path, file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Usage_OfSamples_AddsUp()
    {
        DateTimeOffset start = DateTimeOffset.UnixEpoch;
        Gpu gpu = new() { Index = 0, Uuid = "GPU-0", Name = "T", MemoryBytes = 80, UsedMemoryBytes = 5_000_000_000, Utilization = 50, Watts = 300 };
        JobUsage usage = UsageSampler.Add(null, new ContainerUsage { Cpu = TimeSpan.FromSeconds(1), MemoryBytes = 900 }, [gpu], start);
        usage = UsageSampler.Add(usage, new ContainerUsage { Cpu = TimeSpan.FromSeconds(90), MemoryBytes = 500, NetworkBytes = 1500 }, [gpu with { Utilization = 100 }], start.AddHours(1));
        Assert.Equal((2, 90d, 900L, 75d, 300d), (usage.Samples, usage.CpuSeconds, usage.PeakMemoryBytes, usage.GpuUtilization, usage.WattHours));
        Assert.Equal(
            "\n### Resources\n\n| | |\n|---|--:|\n| Time | 1 h 0 min |\n| CPU time | 1 min 30 s |\n| Peak memory | 900 B |\n| GPUs | 1 |\n| GPU utilization, mean | 75 % |\n| GPU memory, peak | 5.0 GB |\n| GPU energy | 300 Wh |\n| Network | 1.5 kB |\n| Disk | 0 B |\n",
            UsageTable.Render(usage));
    }

    public void Dispose() => _folder.Dispose();

    private string? Build() => HarvestReport.Build(_folder.Path, "Model", null, DateTimeOffset.UnixEpoch, _refused.Add, CancellationToken.None);
}

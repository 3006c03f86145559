using CmlNet.Runner.Fleet.Gpus;

namespace CmlNet.Runner.Tests.Fleet.Gpus;

public sealed class NvidiaSmiTests
{
    [Fact]
    public void Parse_TwoHealthyGpus_ReadsEveryFigure()
    {
        const string Output = """
            0, GPU-4b8d1f0e-0c8e-7c0b-4a2a-9d9d8b1e3f01, 143771, 4, 0, 76.34, Disabled, 0, NVIDIA H200
            1, GPU-4b8d1f0e-0c8e-7c0b-4a2a-9d9d8b1e3f02, 24564, 1024, 87, [N/A], [N/A], [N/A], NVIDIA GeForce RTX 4090, Special

            """;
        IReadOnlyList<Gpu> gpus = NvidiaSmi.Parse(Output, "");
        Assert.Equal(new Gpu { Index = 0, Uuid = "GPU-4b8d1f0e-0c8e-7c0b-4a2a-9d9d8b1e3f01", Name = "NVIDIA H200", MemoryBytes = 143771L << 20, UsedMemoryBytes = 4L << 20, Utilization = 0, Watts = 76.34 }, gpus[0]);
        Assert.Equal(("NVIDIA GeForce RTX 4090, Special", 87d, (double?)null, (string?)null), (gpus[1].Name, gpus[1].Utilization, gpus[1].Watts, gpus[1].Defect));
    }

    [Theory]
    [InlineData("0, GPU-1, [GPU requires reset], [GPU requires reset], 0, 70, Disabled, 0, A100", "GPU requires reset")]
    [InlineData("0, GPU-1, 40960, 0, [Unknown Error], 70, Disabled, 0, A100", "Unknown Error")]
    [InlineData("0, GPU-1, 40960, 0, 0, ERR!, Disabled, 0, A100", "ERR!")]
    [InlineData("0, GPU-1, 40960, 0, 0, 70, Disabled, 3, A100", "3 uncorrected memory errors")]
    [InlineData("0, [N/A], 40960, 0, 0, 70, Disabled, 0, A100", "it has no UUID")]
    [InlineData("0, GPU-1, [N/A], 0, 0, 70, Disabled, 0, A100", "does not tell its memory")]
    public void Parse_GpuThatIsNotWell_SaysWhy(string line, string defect) => Assert.Contains(defect, Assert.Single(NvidiaSmi.Parse(line, "")).Defect, StringComparison.Ordinal);

    [Fact]
    public void Parse_PartitionedGpu_ListsItsInstances()
    {
        const string Query = """
            0, GPU-aaa, 81920, 0, [N/A], 70, Enabled, 0, NVIDIA A100 80GB
            1, GPU-bbb, 81920, 0, 12, 70, Disabled, 0, NVIDIA A100 80GB
            """;
        const string List = """
            GPU 0: NVIDIA A100 80GB (UUID: GPU-aaa)
              MIG 3g.40gb     Device  0: (UUID: MIG-111)
              MIG 1g.10gb+me  Device  1: (UUID: MIG-222)
            GPU 1: NVIDIA A100 80GB (UUID: GPU-bbb)
            """;
        Assert.Equal(
            [("MIG-111", 40L << 30, "NVIDIA A100 80GB MIG 3g.40gb"), ("MIG-222", 10L << 30, "NVIDIA A100 80GB MIG 1g.10gb+me"), ("GPU-bbb", 80L << 30, "NVIDIA A100 80GB")],
            NvidiaSmi.Parse(Query, List).Select(gpu => (gpu.Uuid, gpu.MemoryBytes, gpu.Name)));
    }

    [Fact]
    public void Parse_SomethingElse_Fails() => Assert.Throws<FormatException>(() => NvidiaSmi.Parse("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.", ""));
}

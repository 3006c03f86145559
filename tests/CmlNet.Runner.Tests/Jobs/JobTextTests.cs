using CmlNet.Runner.Jobs;

namespace CmlNet.Runner.Tests.Jobs;

public sealed class JobTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("train (gpu, 3)", "train (gpu, 3)")]
    [InlineData("a\nerror: forged", "a error: forged")]
    [InlineData("\u001b[31mred\u001b[0m", "[31mred [0m")]
    [InlineData("\u202Egnp.exe", "gnp.exe")]
    [InlineData("a\u2028b\u0085c\u0000d", "a b c d")]
    [InlineData("modèle 模型 🚀", "modèle 模型 🚀")]
    public void Clean_TextOfAWorkflow_IsOneHarmlessLine(string? given, string expected) => Assert.Equal(expected, JobText.Clean(given));

    [Fact]
    public void Clean_EndlessText_IsCut() => Assert.Equal(200, JobText.Clean(new string('x', 1_000_000)).Length);

    [Fact]
    public void Clean_HalfAPair_CanBeWritten() => Assert.Equal("a\uFFFDb", JobText.Clean("a\ud83db"));
}

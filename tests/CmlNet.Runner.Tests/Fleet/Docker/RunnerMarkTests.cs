using System.Text;
using CmlNet.Runner.Fleet.Docker;

namespace CmlNet.Runner.Tests.Fleet.Docker;

public sealed class RunnerMarkTests
{
    // printf '{"AgentId":"1"}' | sha256sum
    private const string Settings = """{"AgentId":"1"}""";
    private const string Mark = "ff3302";

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void Find_SettingsInTheConfiguration_IsTheRunnersOwnLabel(string before) => Assert.Equal(Mark, RunnerMark.Find(Encode($$"""{".credentials":"e30=",".runner":"{{Encode(before + Settings)}}"}""")));

    [Theory]
    [InlineData("not base64!")]
    [InlineData("e30=")]
    [InlineData("W10=")]
    [InlineData("eyIucnVubmVyIjo3fQ==")]
    [InlineData("eyIucnVubmVyIjoiISJ9")]
    public void Find_SomethingElse_IsNone(string configuration) => Assert.Null(RunnerMark.Find(configuration));

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

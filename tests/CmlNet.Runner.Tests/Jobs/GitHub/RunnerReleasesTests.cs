using CmlNet.Runner.Jobs.GitHub;

namespace CmlNet.Runner.Tests.Jobs.GitHub;

public sealed class RunnerReleasesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly RunnerRelease[] Known =
    [
        new() { Tag = "v2.340.0", Published = Now.AddDays(-3) },
        new() { Tag = "v2.339.1", Published = Now.AddDays(-25) },
        new() { Tag = "v2.339.0", Published = Now.AddDays(-26) },
        new() { Tag = "nightly", Published = Now.AddDays(-900) },
    ];

    [Theory]
    [InlineData("2.340.0", null)]
    [InlineData("2.341.0", null)]
    [InlineData("2.339.1", 3)]
    [InlineData("2.339.0", 25)]
    [InlineData("2.330.0", 26)]
    public void DaysBehind_Version_CountsFromTheFirstNewerRelease(string version, int? days) => Assert.Equal(days, RunnerReleases.DaysBehind(Version.Parse(version), Known, Now));

    [Fact]
    public void Advice_SeveralReleases_NamesTheNewest() => Assert.Equal("Update the image to runner 2.340.0.", RunnerReleases.Advice(Known));
}

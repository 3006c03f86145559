using System.Diagnostics;
using CmlNet.Workflows.Execution;

namespace CmlNet.Workflows.Tests.Execution;

public sealed class OwnerLabelTests
{
    [Fact]
    public void IsDead_OfThisProcess_IsFalse() => Assert.False(OwnerLabel.IsDead(OwnerLabel.Current));

    [SkippableFact]
    public async Task IsDead_OfALiveProcess_IsFalseUntilItEnds()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The label of another process is made from /proc here.");
        using var other = Process.Start("sleep", "600");
        string start = (await File.ReadAllTextAsync($"/proc/{other.Id}/stat")).Split(' ')[21];
        string[] own = OwnerLabel.Current.Split('/');
        string label = string.Join('/', own[0], own[1], other.Id, start);
        Assert.False(OwnerLabel.IsDead(label));

        other.Kill();
        await other.WaitForExitAsync();
        Assert.True(OwnerLabel.IsDead(label));
    }

    [Fact]
    public void IsDead_OfTheSamePidStartedAtAnotherTime_IsTrue()
    {
        string[] own = OwnerLabel.Current.Split('/');
        Assert.True(OwnerLabel.IsDead(string.Join('/', own[0], own[1], own[2], "1")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("elsewhere/pid:[1]/1/1")]
    [InlineData("machine/1/2")]
    public void IsDead_OfWhatIsNotOurs_IsFalse(string label) => Assert.False(OwnerLabel.IsDead(label));

    [Fact]
    public void IsDead_OfAnotherPidNamespace_IsFalse()
    {
        string[] own = OwnerLabel.Current.Split('/');
        Assert.False(OwnerLabel.IsDead(string.Join('/', own[0], "pid:[1]", own[2], "1")));
    }
}

using CmlNet.Workflows.Execution.Progress;

namespace CmlNet.Workflows.Tests.Execution.Runs;

/// <summary>Runs that end by an exception.</summary>
public sealed class BrokenRunTests
{
    [Fact]
    public async Task Run_ThatIsThrownOutOf_KeepsNoSpaceOfTheDisk()
    {
        using var scene = new RunScene { OnEvent = happened => throw new InvalidOperationException($"nobody takes {((RunStarted)happened).Workflow}") };
        await Assert.ThrowsAsync<InvalidOperationException>(() => scene.RunAsync("name: Events\non: push\njobs: { a: { runs-on: python, steps: [{ run: ls }] } }\n", "process"));
        Assert.True(Directory.Exists(scene.RunDirectory));
        Assert.Empty(Directory.EnumerateFiles(scene.RunDirectory));
    }
}

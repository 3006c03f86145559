using CmlNet.Containers;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>A daemon that is started before its engine has come up.</summary>
public sealed class EngineStartTests
{
    [Theory]
    [InlineData(EngineErrorKind.Unreachable, 2, true)]
    [InlineData(EngineErrorKind.Lost, 1, true)]
    [InlineData(EngineErrorKind.Unreachable, 3, false)]
    [InlineData(EngineErrorKind.Refused, 1, false)]
    public async Task Run_EngineDoesNotAnswerAtFirst_IsAskedAgainSomeTimes(EngineErrorKind kind, int times, bool isStarted)
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Adjust = surroundings => surroundings with { Times = surroundings.Times with { BetweenProbes = TimeSpan.FromMilliseconds(1) } };
        scene.Engine.Silence = new EngineException(kind, "No answer.");
        scene.Engine.SilentProbes = times;
        if (isStarted)
            await scene.StartDaemonAsync();
        else
            Assert.Equal("No answer.", (await Assert.ThrowsAsync<EngineException>(scene.StartDaemonAsync)).Message);
    }
}

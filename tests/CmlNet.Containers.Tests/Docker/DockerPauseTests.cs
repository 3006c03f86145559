namespace CmlNet.Containers.Tests.Docker;

public sealed class DockerPauseTests
{
    [Fact]
    public async Task Pause_EngineIsBehindWithItsNotes_IsAskedAgain()
    {
        int pauses = 0, unpauses = 0;
        await using var engine = new FakeEngine((request, stream) => request.Path switch
        {
            "/containers/create" => FakeEngine.JsonAsync(stream, 201, """{"Id":"c1"}"""),
            "/containers/c1/start" => FakeEngine.JsonAsync(stream, 204, ""),
            "/containers/c1/pause" when ++pauses == 1 => FakeEngine.JsonAsync(stream, 409, """{"message":"Container c1 is already paused"}"""),
            "/containers/c1/unpause" when ++unpauses < 3 => FakeEngine.JsonAsync(stream, 500, """{"message":"Container c1 is not paused"}"""),
            "/containers/c1/pause" or "/containers/c1/unpause" => FakeEngine.JsonAsync(stream, 204, ""),
            _ => FakeEngine.JsonAsync(stream, 404, """{"message":"page not found"}"""),
        });
        using var client = engine.CreateClient();
        await using var container = await client.StartAsync(new ContainerSpec { Name = "job", Image = "python:3" }, CancellationToken.None);
        await using (await Assert.IsType<IPausableContainer>(container, exactMatch: false).PauseAsync(CancellationToken.None))
            Assert.Equal((2, 0), (pauses, unpauses));
        Assert.Equal(3, unpauses);
    }

    [Fact]
    public async Task Pause_EngineRefuses_SaysWhy()
    {
        await using var engine = new FakeEngine((request, stream) => request.Path switch
        {
            "/containers/create" => FakeEngine.JsonAsync(stream, 201, """{"Id":"c1"}"""),
            "/containers/c1/start" => FakeEngine.JsonAsync(stream, 204, ""),
            _ => FakeEngine.JsonAsync(stream, 500, """{"message":"cgroup freezer is not mounted"}"""),
        });
        using var client = engine.CreateClient();
        await using var container = await client.StartAsync(new ContainerSpec { Name = "job", Image = "python:3" }, CancellationToken.None);
        var error = await Assert.ThrowsAsync<EngineException>(() => Assert.IsType<IPausableContainer>(container, exactMatch: false).PauseAsync(CancellationToken.None));
        Assert.Contains("cgroup freezer is not mounted", error.Message, StringComparison.Ordinal);
    }
}

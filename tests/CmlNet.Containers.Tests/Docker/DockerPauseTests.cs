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
    public async Task Pause_AnswerIsLost_LetsTheContainerGoOnAndSaysSo()
    {
        int unpauses = 0;
        await using var engine = Engine((action, stream) =>
        {
            if (action == "pause")
                return BreakOffAsync(stream);
            unpauses++;
            return FakeEngine.JsonAsync(stream, 204, "");
        });
        using var client = engine.CreateClient();
        await using var container = await client.StartAsync(new ContainerSpec { Name = "job", Image = "python:3" }, CancellationToken.None);
        var error = await Assert.ThrowsAsync<EngineException>(() => Assert.IsType<IPausableContainer>(container, exactMatch: false).PauseAsync(CancellationToken.None));
        Assert.Equal((EngineErrorKind.Lost, 1), (error.Kind, unpauses));
    }

    [Fact]
    public async Task Unpause_AnswersAreLost_IsAskedAgainUntilItIsDone()
    {
        int unpauses = 0;
        await using var engine = Engine((action, stream) => action == "pause"
            ? FakeEngine.JsonAsync(stream, 204, "")
            : ++unpauses < 3 ? BreakOffAsync(stream) : FakeEngine.JsonAsync(stream, 500, """{"message":"Container c1 is not paused"}"""));
        using var client = engine.CreateClient();
        await using var container = await client.StartAsync(new ContainerSpec { Name = "job", Image = "python:3" }, CancellationToken.None);
        await (await Assert.IsType<IPausableContainer>(container, exactMatch: false).PauseAsync(CancellationToken.None)).DisposeAsync();
        Assert.Equal(3, unpauses);
    }

    [Theory]
    [InlineData(404, "No such container: c1")]
    [InlineData(409, "Container c1 is not running")]
    public async Task Unpause_ContainerIsGone_IsNoError(int status, string message)
    {
        int unpauses = 0;
        await using var engine = Engine((action, stream) => action == "pause"
            ? FakeEngine.JsonAsync(stream, 204, "")
            : FakeEngine.JsonAsync(stream, ++unpauses == 1 ? status : 500, $$"""{"message":"{{message}}"}"""));
        using var client = engine.CreateClient();
        await using var container = await client.StartAsync(new ContainerSpec { Name = "job", Image = "python:3" }, CancellationToken.None);
        await (await Assert.IsType<IPausableContainer>(container, exactMatch: false).PauseAsync(CancellationToken.None)).DisposeAsync();
        Assert.Equal(1, unpauses);
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

    private static FakeEngine Engine(Func<string, Stream, Task> answer) => new((request, stream) => request.Path switch
    {
        "/containers/create" => FakeEngine.JsonAsync(stream, 201, """{"Id":"c1"}"""),
        "/containers/c1/start" => FakeEngine.JsonAsync(stream, 204, ""),
        "/containers/c1/pause" => answer("pause", stream),
        "/containers/c1/unpause" => answer("unpause", stream),
        _ => FakeEngine.JsonAsync(stream, 404, """{"message":"page not found"}"""),
    });

    /// <summary>In the middle of the first line, so that nobody takes it for a connection that was never used.</summary>
    private static async Task BreakOffAsync(Stream stream)
    {
        await stream.WriteAsync("HTTP/1.1 2"u8.ToArray());
        throw new IOException("broken off");
    }
}

using CmlNet.Containers.Docker;

namespace CmlNet.Containers.Tests.Docker;

public sealed class LostEngineTests
{
    private static readonly ContainerSpec Spec = new() { Name = "job", Image = "python:3" };
    private static readonly ExecSpec Command = new() { Command = ["python", "train.py", "--token=secret"] };

    private static FakeEngine Engine(Func<Stream, FakeEngine, Task> start)
    {
        FakeEngine? engine = null;
        engine = new FakeEngine((request, stream) => request.Path switch
        {
            "/containers/create" => FakeEngine.JsonAsync(stream, 201, """{"Id":"c1"}"""),
            "/containers/c1/start" => FakeEngine.JsonAsync(stream, 204, ""),
            "/containers/c1/exec" => FakeEngine.JsonAsync(stream, 201, """{"Id":"e1"}"""),
            "/exec/e1/start" => start(stream, engine!),
            "/exec/e1/json" => FakeEngine.JsonAsync(stream, 200, """{"Running":false,"ExitCode":0,"Pid":9}"""),
            _ => FakeEngine.JsonAsync(stream, 404, """{"message":"page not found"}"""),
        });
        return engine;
    }

    private static async Task<EngineException> ExecAsync(FakeEngine engine, CollectingSink sink)
    {
        using var client = engine.CreateClient();
        await using var container = await client.StartAsync(Spec, CancellationToken.None);
        var exception = await Assert.ThrowsAsync<EngineException>(() => container.ExecAsync(Command, sink, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
        return exception;
    }

    [Fact]
    public async Task Exec_EngineDiesWithinAFrame_IsLostAndWhatCameIsKept()
    {
        var sink = new CollectingSink();
        await using var engine = Engine(async (stream, self) =>
        {
            await FakeEngine.UpgradeAsync(stream);
            await stream.WriteAsync(new byte[] { 1, 0, 0, 0, 0, 0, 0, 9, (byte)'h', (byte)'i' });
            await Eventually.TrueAsync(() => sink.Output == "hi", "the bytes arrive");
            self.Die();
        });

        var exception = await ExecAsync(engine, sink);

        Assert.Equal(EngineErrorKind.Lost, exception.Kind);
        Assert.Equal(
            $"The connection to the container engine at unix://{engine.SocketPath} broke in the middle (tried to run 'python' in container job). The engine was probably stopped or restarted: check its log, and run again.",
            exception.Message);
        Assert.Equal("hi", sink.Output);
    }

    [Fact]
    public async Task Exec_EngineDiesBetweenFrames_IsLostToo()
    {
        var sink = new CollectingSink();
        await using var engine = Engine(async (stream, self) =>
        {
            await FakeEngine.UpgradeAsync(stream);
            await stream.WriteAsync(new byte[] { 1, 0, 0, 0, 0, 0, 0, 2, (byte)'h', (byte)'i' });
            await Eventually.TrueAsync(() => sink.Output == "hi", "the bytes arrive");
            self.Die();
        });

        Assert.Equal(EngineErrorKind.Lost, (await ExecAsync(engine, sink)).Kind);
    }

    [Fact]
    public async Task Exec_EngineDiesInsteadOfAnswering_IsLost()
    {
        await using var engine = Engine((_, self) =>
        {
            self.Die();
            return Task.CompletedTask;
        });

        Assert.Equal(EngineErrorKind.Lost, (await ExecAsync(engine, new CollectingSink())).Kind);
    }

    [Fact]
    public async Task Exec_BytesThatAreNoFrames_AreLostNotAStackTrace()
    {
        await using var engine = Engine(async (stream, _) =>
        {
            await FakeEngine.UpgradeAsync(stream);
            await stream.WriteAsync("not a frame at all"u8.ToArray());
        });

        Assert.Equal(EngineErrorKind.Lost, (await ExecAsync(engine, new CollectingSink())).Kind);
    }

    [Fact]
    public async Task Dispose_EngineIsGone_DoesNotThrow()
    {
        await using var engine = Engine((_, _) => Task.CompletedTask);
        using var client = engine.CreateClient();
        var container = await client.StartAsync(Spec, CancellationToken.None);
        engine.Die();

        await container.DisposeAsync();
        await container.DisposeAsync();
    }

    [Fact]
    public async Task Start_EngineRefuses_RemovesWhatItCreated()
    {
        await using var engine = new FakeEngine((request, stream) => request.Path switch
        {
            "/containers/create" => FakeEngine.JsonAsync(stream, 201, """{"Id":"c1"}"""),
            "/containers/c1/start" => FakeEngine.JsonAsync(stream, 500, """{"message":"driver failed programming external connectivity: Bind for 0.0.0.0:80 failed: port is already allocated"}"""),
            _ => FakeEngine.JsonAsync(stream, 204, ""),
        });
        using var client = engine.CreateClient();

        var exception = await Assert.ThrowsAsync<EngineException>(() => client.StartAsync(Spec, CancellationToken.None));

        Assert.Equal(EngineErrorKind.Refused, exception.Kind);
        Assert.EndsWith("port is already allocated (HTTP 500). Give the service another host port, or stop what listens on it.", exception.Message, StringComparison.Ordinal);
        Assert.Contains(engine.Requests, r => r is { Method: "DELETE", Target: "/v1.41/containers/c1?force=true&v=true" });
    }

    [Theory]
    [InlineData("could not select device driver \"\" with capabilities: [[gpu]]", EngineErrorKind.GpuUnavailable)]
    [InlineData("Unknown runtime specified nvidia", EngineErrorKind.GpuUnavailable)]
    [InlineData("unknown or invalid runtime name: nvidia", EngineErrorKind.GpuUnavailable)]
    [InlineData("failed to create task: OCI runtime create failed: nvidia-container-cli: initialization error: nvml error: driver not loaded", EngineErrorKind.GpuUnavailable)]
    [InlineData("CDI device injection failed: unresolvable CDI devices nvidia.com/gpu=all", EngineErrorKind.GpuUnavailable)]
    [InlineData("mkdir /var/lib/docker/overlay2/x: no space left on device", EngineErrorKind.NoSpace)]
    [InlineData("something nobody foresaw", EngineErrorKind.Refused)]
    public async Task Start_EnginesWords_BecomeAKind(string message, EngineErrorKind kind)
    {
        await using var engine = new FakeEngine((_, stream) => FakeEngine.JsonAsync(stream, 500, $$"""{"message":{{System.Text.Json.JsonSerializer.Serialize(message)}}}"""));
        using var client = engine.CreateClient();

        var exception = await Assert.ThrowsAsync<EngineException>(() => client.StartAsync(Spec, CancellationToken.None));

        Assert.Equal(kind, exception.Kind);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_NobodyListens_SaysWhatToDo()
    {
        using var engine = new DockerEngine(new EngineContext { Variable = n => n == "DOCKER_HOST" ? "unix:///nowhere/docker.sock" : null });

        var exception = await Assert.ThrowsAsync<EngineException>(() => engine.ProbeAsync(CancellationToken.None));

        Assert.Equal(EngineErrorKind.Unreachable, exception.Kind);
        Assert.StartsWith("The container engine at unix:///nowhere/docker.sock does not answer (tried to ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("there is no such socket). Start it", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_SomethingElseListens_SaysSo()
    {
        await using var engine = new FakeEngine((_, stream) => FakeEngine.JsonAsync(stream, 200, "<html>"));
        using var client = engine.CreateClient();

        var exception = await Assert.ThrowsAsync<EngineException>(() => client.ProbeAsync(CancellationToken.None));

        Assert.Equal(EngineErrorKind.Refused, exception.Kind);
        Assert.Contains("was not understood", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AnswerToCreateIsCutOff_TheContainerIsRemovedByItsName()
    {
        var removed = new TaskCompletionSource();
        await using var engine = new FakeEngine(async (request, stream) =>
        {
            if (request.Path == "/containers/create")
                stream.Close();
            else if (request is { Method: "DELETE", Path: "/containers/job" })
                removed.SetResult();
            await FakeEngine.JsonAsync(stream, 204, "");
        });
        using var client = engine.CreateClient();

        await Assert.ThrowsAsync<EngineException>(() => client.StartAsync(Spec, CancellationToken.None));

        Assert.True(removed.Task.IsCompletedSuccessfully, "the engine may have made it");
    }

    [Fact]
    public async Task Probe_AnswerWithoutEnd_IsRefusedInBoundedMemory()
    {
        await using var engine = new FakeEngine(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[0"u8.ToArray());
            var more = new byte[1 << 20];
            Array.Fill(more, (byte)'0');
            while (true)
                await stream.WriteAsync(more);
        });
        using var client = engine.CreateClient();

        var exception = await Assert.ThrowsAsync<EngineException>(() => client.ProbeAsync(CancellationToken.None));

        Assert.Equal(EngineErrorKind.Refused, exception.Kind);
    }
}

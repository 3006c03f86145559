using System.Security.Cryptography;

namespace CmlNet.Containers.Tests.Docker;

public sealed class DockerExecTests
{
    private static ExecSpec Shell(string script) => new() { Command = ["sh", "-c", script] };

    [SkippableFact]
    public async Task Exec_Output_KeepsBytesAndStreamsApart()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        var sink = new CollectingSink();

        var result = await container.ExecAsync(Shell("""printf 'a\000\377\r\n'; printf 'to stderr' >&2; printf 'no newline'; exit 7"""), sink, CancellationToken.None);

        Assert.Equal(7, result.ExitCode);
        Assert.Equal([(byte)'a', 0, 0xFF, (byte)'\r', (byte)'\n', .. "no newline"u8], sink.OutputBytes);
        Assert.Equal("to stderr", sink.Error);
    }

    [SkippableFact]
    public async Task Exec_InterleavedStreams_KeepOrderWithinEach()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        var sink = new CollectingSink();

        await container.ExecAsync(Shell("i=0; while [ $i -lt 2000 ]; do echo o$i; echo e$i >&2; i=$((i+1)); done"), sink, CancellationToken.None);

        Assert.Equal(string.Concat(Enumerable.Range(0, 2000).Select(i => $"o{i}\n")), sink.Output);
        Assert.Equal(string.Concat(Enumerable.Range(0, 2000).Select(i => $"e{i}\n")), sink.Error);
    }

    [SkippableFact]
    public async Task Exec_FiftyMegabytes_ArriveWholeAndPiecemeal()
    {
        const int Length = 50 * 1024 * 1024;
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        using var sink = new HashingSink();
        var script = $"import sys\nb=bytes(range(256))*4096\nfor _ in range({Length / (256 * 4096)}): sys.stdout.buffer.write(b)";

        var result = await container.ExecAsync(new ExecSpec { Command = ["python3", "-c", script] }, sink, CancellationToken.None);

        var block = Enumerable.Range(0, 256 * 4096).Select(i => (byte)i).ToArray();
        using var expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < Length / block.Length; i++)
            expected.AppendData(block);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Length, sink.Length);
        Assert.Equal(expected.GetHashAndReset(), sink.Hash());
        // Passed on as it comes: nothing gathers it.
        Assert.InRange(sink.Largest, 1, 64 * 1024);
    }

    [SkippableFact]
    public async Task Exec_EnvironmentWorkdirAndUser_ReachTheCommandUnchanged()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync(s => s with
        {
            WorkingDirectory = "/usr",
            Environment = new Dictionary<string, string> { ["KEPT"] = "container", ["REPLACED"] = "container" },
        });
        var sink = new CollectingSink();

        await container.ExecAsync(
            new ExecSpec
            {
                Command = ["python3", "-c", "import os; print(os.getcwd(), os.getuid(), os.environ['KEPT'], os.environ['REPLACED'], repr(os.environ['INPUT_WHO-TO-GREET']), repr(os.environ['EMPTY']))"],
                // A name that no shell could pass on: actions have them.
                Environment = new Dictionary<string, string> { ["INPUT_WHO-TO-GREET"] = "Mona\n'\" ü", ["REPLACED"] = "exec", ["EMPTY"] = "" },
                WorkingDirectory = "/tmp",
                User = "1234",
            },
            sink,
            CancellationToken.None);
        await container.ExecAsync(Shell("pwd"), sink, CancellationToken.None);

        Assert.Equal("", sink.Error);
        Assert.Equal("/tmp 1234 container exec 'Mona\\n\\'\" ü' ''\n/usr\n", sink.Output);
    }

    [SkippableFact]
    public async Task Exec_Command_TakesThreeRequests()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        docker.Requests.Clear();

        await container.ExecAsync(Shell("true"), new CollectingSink(), CancellationToken.None);

        Assert.Collection(
            docker.Requests,
            r => Assert.Equal($"POST /containers/{container.Id}/exec", r),
            r => Assert.Matches("^POST /exec/[0-9a-f]+/start$", r),
            r => Assert.Matches("^GET /exec/[0-9a-f]+/json$", r));
    }

    [SkippableFact]
    public async Task Exec_ProgramThatIsNotThere_Gives126AndTheEnginesWords()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        var sink = new CollectingSink();

        var result = await container.ExecAsync(new ExecSpec { Command = ["no-such-program"] }, sink, CancellationToken.None);

        Assert.InRange(result.ExitCode, 126, 127);
        Assert.Contains("no-such-program", sink.Output + sink.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Exec_BackgroundProcessHoldsTheOutput_EndsAllTheSame()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        var sink = new CollectingSink();

        var result = await container.ExecAsync(Shell("sleep 600 & echo done; exit 3"), sink, CancellationToken.None);

        Assert.Equal((3, "done\n"), (result.ExitCode, sink.Output));
    }

    [SkippableFact]
    public async Task Exec_NulInAVariable_IsRefusedWithItsName()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync();
        var spec = Shell("true") with { Environment = new Dictionary<string, string> { ["BAD"] = "secret\0value" } };

        var exception = await Assert.ThrowsAsync<EngineException>(() => container.ExecAsync(spec, new CollectingSink(), CancellationToken.None));

        Assert.Equal(EngineErrorKind.Refused, exception.Kind);
        Assert.Contains("BAD", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Exec_ContainerEnded_SaysSo()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync(s => s with { Entrypoint = ["true"], Command = [] });
        await Eventually.TrueAsync(async () => !(await ((IInspectableContainer)container).InspectAsync(CancellationToken.None)).IsRunning, "the container ends");

        var exception = await Assert.ThrowsAsync<EngineException>(() => container.ExecAsync(Shell("true"), new CollectingSink(), CancellationToken.None));

        Assert.Equal(EngineErrorKind.Lost, exception.Kind);
        Assert.Contains("is not running", exception.Message, StringComparison.Ordinal);
    }

    private sealed class HashingSink : IOutputSink, IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long Length { get; private set; }

        public int Largest { get; private set; }

        public byte[] Hash() => _hash.GetHashAndReset();

        public ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            _hash.AppendData(data.Span);
            Length += data.Length;
            Largest = Math.Max(Largest, data.Length);
            return ValueTask.CompletedTask;
        }

        public void Dispose() => _hash.Dispose();
    }
}

using System.Formats.Tar;
using CmlNet.Containers.Docker;
using CmlNet.Testing.Docker;

namespace CmlNet.Containers.Tests.Docker;

public sealed class ImageBuilderTests : IDisposable
{
    private const string Tag = "cmlnet-test/built:1";

    private readonly string _folder = Directory.CreateTempSubdirectory("cml-build-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task Build_OfAFolder_GivesAnImageThatRunsWithItsFilesAndLabels()
    {
        await using var docker = await TestEngine.RequireAsync();
        var from = await DockerFixture.RequireAsync(TestImages.Python3);
        Write("image/Dockerfile.own", $"FROM {from}\nCOPY . /app\nRUN chmod 755 /app/run.sh\nENTRYPOINT [\"/app/run.sh\"]\n");
        Write("image/run.sh", "#!/bin/sh\necho \"out $*\"; ls -A /app | tr '\\n' ' '; readlink /app/link; echo err >&2; exit 5\n");
        Write("image/.dockerignore", "*.bin\n");
        Write("image/weights.bin", "large");
        File.CreateSymbolicLink(Path.Combine(_folder, "image", "link"), "/etc/shadow");

        var log = new LineLog();
        var build = new ImageBuild { Tag = Tag, Folder = Path.Combine(_folder, "image"), Dockerfile = "Dockerfile.own", Labels = docker.Labels };
        var id = await docker.Engine.BuildAsync(build, log, CancellationToken.None);
        var sink = new CollectingSink();
        var result = await docker.Engine.RunToEndAsync(Spec(docker, id) with { Command = ["a", "b c"] }, sink, StopLadder.Default, CancellationToken.None);

        Assert.StartsWith("sha256:", id, StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Contains("COPY . /app", StringComparison.Ordinal));
        Assert.Equal(5, result.ExitCode);
        Assert.Equal("out a b c\n.dockerignore Dockerfile.own link run.sh /etc/shadow\n", sink.Output);
        Assert.Equal("err\n", sink.Error);
        Assert.DoesNotContain(await docker.Engine.FindAsync(docker.Label, CancellationToken.None), left => left.Kind == LeftoverKind.Container);
    }

    [SkippableFact]
    public async Task Build_ThatFails_SaysWhatTheEngineSaid()
    {
        await using var docker = await TestEngine.RequireAsync();
        var from = await DockerFixture.RequireAsync(TestImages.Python3);
        Write("Dockerfile", $"FROM {from}\nRUN exit 7\n");

        var exception = await Assert.ThrowsAsync<EngineException>(() => docker.Engine.BuildAsync(new ImageBuild { Tag = Tag, Folder = _folder, Labels = docker.Labels }, new LineLog(), CancellationToken.None));

        Assert.Contains($"The image '{Tag}' could not be built: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("returned a non-zero code: 7", exception.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("RUN <<EOF\necho hello\nEOF\n", "the here-document of 'RUN <<EOF' requires BuildKit (")]
    [InlineData("RUN --mount=type=cache,target=/c true\n", "requires BuildKit")]
    public async Task Build_ThatNeedsBuildKit_SaysSo(string instruction, string said)
    {
        await using var docker = await TestEngine.RequireAsync();
        var from = await DockerFixture.RequireAsync(TestImages.Python3);
        Write("Dockerfile", $"FROM {from}\n{instruction}");

        var exception = await Assert.ThrowsAsync<EngineException>(() => docker.Engine.BuildAsync(new ImageBuild { Tag = Tag, Folder = _folder, Labels = docker.Labels }, new LineLog(), CancellationToken.None));

        Assert.StartsWith($"The image '{Tag}' could not be built: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("build the image beforehand and name it with docker://.", exception.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("INT", 100)]
    [InlineData("TERM", 100)]
    [InlineData("INT TERM", 0.3)]
    public async Task RunToEnd_Cancelled_SignalsTheFirstProcessAndLeavesNothing(string trapped, double patience)
    {
        await using var docker = await TestEngine.RequireAsync();
        var image = await DockerFixture.RequireAsync(TestImages.Python3);
        // The last case hears both signals and stays: only the removal ends it.
        var reaction = patience > 1 ? "echo told; exit 0" : "echo told";
        var ignored = trapped == "TERM" ? "trap '' INT;" : "";
        var spec = Spec(docker, image) with { Entrypoint = ["sh", "-c"], Command = [$"{ignored} trap '{reaction}' {trapped}; echo ready; while :; do sleep 0.05; done"] };
        using var cancel = new CancellationTokenSource();
        var sink = new WaitingSink();
        var ladder = new StopLadder(TimeSpan.FromSeconds(trapped == "TERM" ? 0.3 : patience), TimeSpan.FromSeconds(patience));

        var running = docker.Engine.RunToEndAsync(spec, sink, ladder, cancel.Token);
        await sink.First.WaitAsync(TimeSpan.FromSeconds(60));
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.StartsWith("ready\ntold\n", sink.Text, StringComparison.Ordinal);
        Assert.Empty(await docker.Engine.FindAsync(docker.Label, CancellationToken.None));
    }

    [Fact]
    public async Task Pack_OfAFolder_IsTheSameEachTimeAndHasLinksAsLinks()
    {
        Write("b/c.txt", "text");
        Write("a.log", "");
        Write(".dockerignore", "*.log\nDockerfile\n");
        Write("Dockerfile", "FROM scratch\n");
        File.CreateSymbolicLink(Path.Combine(_folder, "b", "up"), "../..");

        Assert.Equal([".dockerignore RegularFile ", "Dockerfile RegularFile ", "b Directory ", "b/c.txt RegularFile ", "b/up SymbolicLink ../.."], await ListAsync());
        Assert.Equal(await ListAsync(), await ListAsync());
    }

    private async Task<List<string>> ListAsync()
    {
        await using var archive = await BuildContext.PackAsync(_folder, "Dockerfile", CancellationToken.None);
        await using var reader = new TarReader(archive);
        var entries = new List<string>();
        while (await reader.GetNextEntryAsync() is { } entry)
            entries.Add($"{entry.Name} {entry.EntryType} {entry.LinkName}");
        return entries;
    }

    private static ContainerSpec Spec(TestEngine docker, string image) => new() { Name = docker.NewName(), Image = image, Labels = docker.Labels };

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private sealed class LineLog : IProgress<string>
    {
        public List<string> Lines { get; } = [];

        public void Report(string value) => Lines.Add(value);
    }

    private sealed class WaitingSink : IOutputSink
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CollectingSink _inner = new();

        public Task First => _first.Task;

        public string Text => _inner.Output;

        public async ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            await _inner.WriteAsync(stream, data, cancellationToken);
            _first.TrySetResult();
        }
    }
}

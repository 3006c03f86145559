using System.Collections.Concurrent;
using CmlNet.Containers.Docker;
using CmlNet.Containers.Tests.Docker.Spec;
using CmlNet.Testing.Docker;

namespace CmlNet.Containers.Tests.Docker;

/// <summary>The real engine, with every request checked against its description, and everything made under one label.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private readonly string _run = Guid.NewGuid().ToString("n")[..12];

    private TestEngine() => Engine = new DockerEngine(new EngineContext(), inner => new SpecCheckingHandler(inner, Requests));

    public ConcurrentQueue<string> Requests { get; } = new();

    public DockerEngine Engine { get; }

    public string Label => $"{ContainerLabels.Run}={_run}";

    public IReadOnlyDictionary<string, string> Labels => new Dictionary<string, string>(StringComparer.Ordinal) { [ContainerLabels.Run] = _run };

    public static async Task<TestEngine> RequireAsync()
    {
        await DockerFixture.RequireEngineAsync();
        return new TestEngine();
    }

    public string NewName() => $"cmlnet-test-{_run}-{Guid.NewGuid().ToString("n")[..8]}";

    public ContainerSpec Spec(string image) => new()
    {
        Name = NewName(),
        Image = image,
        Entrypoint = ["sleep"],
        Command = ["3600"],
        Labels = Labels,
    };

    public async Task<IContainer> StartAsync(Func<ContainerSpec, ContainerSpec>? change = null)
    {
        var spec = Spec(await DockerFixture.RequireAsync(TestImages.Python3));
        return await Engine.StartAsync(change is null ? spec : change(spec), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var leftover in await Engine.FindAsync(Label, CancellationToken.None))
            await Engine.RemoveAsync(leftover, CancellationToken.None);
        Engine.Dispose();
    }
}

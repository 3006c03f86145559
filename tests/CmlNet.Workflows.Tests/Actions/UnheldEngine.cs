using System.Collections.Concurrent;
using CmlNet.Containers;

namespace CmlNet.Workflows.Tests.Actions;

/// <summary>An engine that cannot hold its containers, as one without cgroups of its own; and what commands it was given.</summary>
internal sealed class UnheldEngine(IContainerEngine inner) : IContainerEngine
{
    public ConcurrentQueue<IReadOnlyList<string>> Commands { get; } = new();

    public string Name => inner.Name;

    public Task<EngineInfo> ProbeAsync(CancellationToken cancellationToken) => inner.ProbeAsync(cancellationToken);

    public Task<ImageInfo> EnsureImageAsync(ImageRequest request, IProgress<ImageProgress> progress, CancellationToken cancellationToken) => inner.EnsureImageAsync(request, progress, cancellationToken);

    public Task<IContainerNetwork> CreateNetworkAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) => inner.CreateNetworkAsync(name, labels, cancellationToken);

    public async Task<IContainer> StartAsync(ContainerSpec spec, CancellationToken cancellationToken) => new Container(await inner.StartAsync(spec, cancellationToken), Commands);

    private sealed class Container(IContainer inner, ConcurrentQueue<IReadOnlyList<string>> commands) : IContainer
    {
        public string Id => inner.Id;

        public Task<ExecResult> ExecAsync(ExecSpec spec, IOutputSink output, CancellationToken cancellationToken)
        {
            commands.Enqueue(spec.Command);
            return inner.ExecAsync(spec, output, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}

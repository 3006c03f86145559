namespace CmlNet.Containers.Process;

/// <summary>The host's own network, which nobody makes or removes.</summary>
internal sealed class ProcessNetwork(string name) : IContainerNetwork
{
    public string Id => name;

    public string Name => name;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using CmlNet.Containers;

namespace CmlNet.Workflows.Execution;

/// <summary>For commands whose output nobody needs.</summary>
internal sealed class DiscardedOutput : IOutputSink
{
    public static DiscardedOutput Instance { get; } = new();

    public ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

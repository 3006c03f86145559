namespace CmlNet.Containers;

/// <summary>Receives the raw bytes of a command's output, in the order the engine delivers them. Calls never overlap.</summary>
public interface IOutputSink
{
    ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken);
}

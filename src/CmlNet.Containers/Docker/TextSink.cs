using System.Buffers;
using System.Text;

namespace CmlNet.Containers.Docker;

/// <summary>Keeps the beginning of standard output, for short commands of our own.</summary>
internal sealed class TextSink : IOutputSink
{
    private const int MaximumBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (stream == StandardStream.Output && _bytes.WrittenCount + data.Length <= MaximumBytes)
            _bytes.Write(data.Span);
        return ValueTask.CompletedTask;
    }

    public override string ToString() => Encoding.UTF8.GetString(_bytes.WrittenSpan);
}

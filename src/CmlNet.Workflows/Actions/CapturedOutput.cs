using System.Text;
using CmlNet.Containers;

namespace CmlNet.Workflows.Actions;

/// <summary>Keeps what a command writes, up to a limit; the rest is dropped.</summary>
internal sealed class CapturedOutput : IOutputSink
{
    private const int Limit = 1024 * 1024;

    private readonly Dictionary<StandardStream, MemoryStream> _streams = [];

    public ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (!_streams.TryGetValue(stream, out MemoryStream? kept))
            _streams[stream] = kept = new MemoryStream();
        int room = (int)Math.Min(data.Length, Limit - kept.Length);
        kept.Write(data.Span[..room]);
        return ValueTask.CompletedTask;
    }

    public string Text(StandardStream stream) => _streams.TryGetValue(stream, out MemoryStream? kept) ? Encoding.UTF8.GetString(kept.ToArray()) : "";
}

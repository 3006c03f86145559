using System.Text;

namespace CmlNet.Containers.Tests;

/// <summary>Keeps everything, per stream, and checks that calls never overlap.</summary>
internal sealed class CollectingSink : IOutputSink
{
    private readonly List<byte> _output = [];
    private readonly List<byte> _error = [];
    private int _busy;

    public byte[] OutputBytes
    {
        get
        {
            lock (_output)
                return _output.ToArray();
        }
    }

    public string Output => Encoding.UTF8.GetString(OutputBytes);

    public string Error
    {
        get
        {
            lock (_output)
                return Encoding.UTF8.GetString(_error.ToArray());
        }
    }

    public ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        Assert.Equal(0, Interlocked.Exchange(ref _busy, 1));
        lock (_output)
            (stream == StandardStream.Output ? _output : _error).AddRange(data.Span);
        Interlocked.Exchange(ref _busy, 0);
        return ValueTask.CompletedTask;
    }
}

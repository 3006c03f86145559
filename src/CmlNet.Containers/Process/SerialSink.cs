namespace CmlNet.Containers.Process;

/// <summary>Lets two readers write to one sink, one at a time, until it is closed; what comes later is dropped.</summary>
internal sealed class SerialSink(IOutputSink sink) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _closed;

    public async ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_closed)
                await sink.WriteAsync(stream, data, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>After this nothing is passed on, and nothing is being passed on.</summary>
    public async ValueTask CloseAsync()
    {
        await _turn.WaitAsync(CancellationToken.None);
        _closed = true;
        _turn.Release();
    }

    public void Dispose() => _turn.Dispose();
}

namespace CmlNet.Containers.Process;

/// <summary>Lets two readers write to one sink, one at a time, until it is closed; what comes later is dropped.</summary>
// The semaphore holds nothing that must be given back as long as nobody asks for its wait handle.
#pragma warning disable CA1001
internal sealed class SerialSink(IOutputSink sink)
#pragma warning restore CA1001
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
}

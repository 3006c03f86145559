using System.Buffers.Binary;
using System.Net.Sockets;

namespace CmlNet.Workflows.Execution.Supervision;

/// <summary>Messages over one connection: a byte for the kind, four for the length (little-endian), the body.</summary>
internal sealed class SupervisorFrames(NetworkStream stream, int maximumLength) : IAsyncDisposable
{
    private const int HeaderLength = 5;

    /// <summary>Bodies of requests: a command line and its environment.</summary>
    public const int RequestLimit = 16 * 1024 * 1024;

    /// <summary>Bodies of answers: a piece of output.</summary>
    public const int AnswerLimit = 1024 * 1024;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly byte[] _header = new byte[HeaderLength];

    /// <summary>Null when the other side has closed.</summary>
    /// <exception cref="IOException">The connection broke, or the other side does not keep to the form.</exception>
    public async Task<(SupervisorFrame Kind, ReadOnlyMemory<byte> Body)?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await stream.ReadAtLeastAsync(_header, HeaderLength, throwOnEndOfStream: false, cancellationToken) < HeaderLength)
            return null;
        int length = BinaryPrimitives.ReadInt32LittleEndian(_header.AsSpan(1));
        if (length < 0 || length > maximumLength)
            throw new IOException($"a message of {length} bytes, where at most {maximumLength} may come");
        var kind = (SupervisorFrame)_header[0];
        byte[] body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return (kind, body);
    }

    public async Task WriteAsync(SupervisorFrame kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        // One piece, so that a small message is one packet; half a message must never be left behind.
        byte[] message = new byte[HeaderLength + body.Length];
        message[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(1), body.Length);
        body.CopyTo(message.AsMemory(HeaderLength));
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await stream.WriteAsync(message, CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        _writing.Dispose();
    }
}

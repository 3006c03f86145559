using System.Buffers.Binary;

namespace CmlNet.Containers.Docker;

/// <summary>
/// Takes the multiplexed output of a command without a terminal apart, whatever way it arrives cut up. A frame is
/// <c>{stream, 0, 0, 0, length as 4 bytes big-endian}</c> and then that many bytes. Payloads are passed on as they
/// come and never gathered, so that memory stays flat. Source: Engine API v1.41, ContainerAttach, "Stream format".
/// </summary>
internal sealed class FrameDecoder(IOutputSink sink)
{
    private const int HeaderLength = 8;

    private readonly byte[] _header = new byte[HeaderLength];
    private int _headerFilled;
    private long _payloadLeft;
    private StandardStream _stream;

    /// <summary>No frame has begun that has not ended: the only place where the output may end.</summary>
    public bool IsBetweenFrames => _headerFilled == 0 && _payloadLeft == 0;

    /// <summary>Throws <see cref="InvalidDataException"/> when the bytes are not frames.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        while (!chunk.IsEmpty)
        {
            if (_payloadLeft > 0)
            {
                var length = (int)Math.Min(_payloadLeft, chunk.Length);
                await sink.WriteAsync(_stream, chunk[..length], cancellationToken);
                chunk = chunk[length..];
                _payloadLeft -= length;
                continue;
            }

            var taken = Math.Min(HeaderLength - _headerFilled, chunk.Length);
            chunk.Span[..taken].CopyTo(_header.AsSpan(_headerFilled));
            chunk = chunk[taken..];
            _headerFilled += taken;
            if (_headerFilled == HeaderLength)
                BeginFrame();
        }
    }

    private void BeginFrame()
    {
        // 0 is stdin echoed, 3 the engine's own error messages.
        _stream = _header[0] switch
        {
            0 or 1 => StandardStream.Output,
            2 or 3 => StandardStream.Error,
            var other => throw new InvalidDataException($"unknown stream {other} in the header of a frame"),
        };
        _payloadLeft = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(4));
        _headerFilled = 0;
    }
}

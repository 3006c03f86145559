using System.Buffers.Binary;
using CmlNet.Containers.Docker;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Containers.Tests.Docker;

public sealed class FrameDecoderTests
{
    private static byte[] Frame(byte stream, byte[] payload)
    {
        var frame = new byte[8 + payload.Length];
        frame[0] = stream;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)payload.Length);
        payload.CopyTo(frame, 8);
        return frame;
    }

    // However the bytes are cut up on their way, each stream gets its own, in order.
    [Fact]
    public void Write_AnyFramesCutAnywhere_GivesEachStreamItsBytes()
    {
        Prop.ForAll<(bool IsError, byte[] Payload)[], byte[]>((frames, cuts) =>
        {
            frames = [.. frames.Select(f => (f.IsError, f.Payload ?? []))];
            var wire = frames.SelectMany(f => Frame((byte)(f.IsError ? 2 : 1), f.Payload)).ToArray();
            var sink = new CollectingSink();
            var decoder = new FrameDecoder(sink);
            var position = 0;
            for (var i = 0; position < wire.Length; i++)
            {
                var length = Math.Min(wire.Length - position, cuts.Length == 0 ? wire.Length : cuts[i % cuts.Length] % 23 + 1);
                Assert.True(decoder.WriteAsync(wire.AsMemory(position, length), CancellationToken.None).AsTask().IsCompletedSuccessfully);
                position += length;
            }

            Assert.Equal(frames.Where(f => !f.IsError).SelectMany(f => f.Payload), sink.OutputBytes);
            Assert.Equal(System.Text.Encoding.UTF8.GetString([.. frames.Where(f => f.IsError).SelectMany(f => f.Payload)]), sink.Error);
            Assert.True(decoder.IsBetweenFrames);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Write_CutOffAnywhere_KnowsThatMoreWasToCome()
    {
        var wire = Frame(1, [1, 2, 3]);
        for (var length = 1; length < wire.Length; length++)
        {
            var decoder = new FrameDecoder(new CollectingSink());

            Assert.True(decoder.WriteAsync(wire.AsMemory(0, length), CancellationToken.None).AsTask().IsCompletedSuccessfully);

            Assert.False(decoder.IsBetweenFrames);
        }
    }

    [Fact]
    public async Task Write_UnknownStream_IsInvalid() =>
        await Assert.ThrowsAsync<InvalidDataException>(async () => await new FrameDecoder(new CollectingSink()).WriteAsync(Frame(7, []), CancellationToken.None));
}

using System.Buffers.Binary;

namespace CmlNet.Publishing.Assets;

/// <summary>An identifier that differs where contents differ, quick to come by: for the caches between a server and its readers, and no proof of anything.</summary>
internal static class ContentStamp
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xC2B2AE3D27D4EB4F;

    /// <summary>In the form of a random UUID, which is what CML sends here.</summary>
    public static Guid Of(ReadOnlySpan<byte> content)
    {
        ulong one = First ^ (ulong)content.Length;
        ulong two = Second;
        Span<byte> last = stackalloc byte[16];
        for (; content.Length >= last.Length; content = content[last.Length..])
            (one, two) = (Mix(one ^ BinaryPrimitives.ReadUInt64LittleEndian(content), First), Mix(two ^ BinaryPrimitives.ReadUInt64LittleEndian(content[8..]) ^ one, Second));
        last.Clear();
        content.CopyTo(last);
        (one, two) = (Mix(one ^ BinaryPrimitives.ReadUInt64LittleEndian(last), First), Mix(two ^ BinaryPrimitives.ReadUInt64LittleEndian(last[8..]) ^ one, Second));
        BinaryPrimitives.WriteUInt64BigEndian(last, Mix(one ^ two, Second));
        BinaryPrimitives.WriteUInt64BigEndian(last[8..], Mix(two, one | 1));
        last[6] = (byte)((last[6] & 0x0F) | 0x40);
        last[8] = (byte)((last[8] & 0x3F) | 0x80);
        return new Guid(last, bigEndian: true);
    }

    private static ulong Mix(ulong value, ulong factor)
    {
        ulong high = Math.BigMul(value, factor, out ulong low);
        return high ^ low;
    }
}

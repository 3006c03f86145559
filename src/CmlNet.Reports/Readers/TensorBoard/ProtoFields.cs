using System.Buffers.Binary;

namespace CmlNet.Reports.Readers.TensorBoard;

/// <summary>The fields of one protobuf message, in order; fields of unknown numbers are the caller's to ignore.</summary>
internal ref struct ProtoFields(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Number of the current field.</summary>
    public int Number { get; private set; }

    /// <summary>The current field as a whole number; the bits of a fixed-width one.</summary>
    public ulong Bits { get; private set; }

    /// <summary>The current field's bytes; empty when it is a number.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public readonly double AsDouble => BitConverter.UInt64BitsToDouble(Bits);

    public readonly float AsFloat => BitConverter.UInt32BitsToSingle((uint)Bits);

    /// <summary>Moves to the next field; false at the end, and at bytes that are no field.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty || !TryVarint(out ulong key))
            return false;
        Number = (int)(key >> 3);
        Bytes = default;
        Bits = 0;
        switch (key & 7)
        {
            case 0:
                bool read = TryVarint(out ulong bits);
                Bits = bits;
                return read;
            case 1:
                return TryTake(8);
            case 2:
                return TryVarint(out ulong length) && length <= (ulong)_rest.Length && TryTake((int)length, isNumber: false);
            case 5:
                return TryTake(4);
            default:
                return false;
        }
    }

    private bool TryTake(int count, bool isNumber = true)
    {
        if (count > _rest.Length)
            return false;
        if (isNumber)
            Bits = count == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(_rest) : BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        else
            Bytes = _rest[..count];
        _rest = _rest[count..];
        return true;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (int i = 0; i < 10 && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] >= 0x80)
                continue;
            _rest = _rest[(i + 1)..];
            return true;
        }

        return false;
    }
}

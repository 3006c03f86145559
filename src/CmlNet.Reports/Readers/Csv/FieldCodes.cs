using System.Buffers.Binary;
using System.Numerics;

namespace CmlNet.Reports.Readers.Csv;

/// <summary>
/// What short fields turned out to be, by their bytes: a column of labels says the same few things a million times. It may forget, never mistake.
/// </summary>
internal sealed class FieldCodes
{
    /// <summary>The field is not known (any more).</summary>
    public const int Unknown = int.MinValue;

    private const int Longest = 16;
    private const int SlotBits = 10;
    private readonly Slot[] _slots = new Slot[1 << SlotBits];

    public int Find(ReadOnlySpan<byte> field)
    {
        if (field.Length > Longest)
            return Unknown;
        (ulong low, ulong high) = Words(field);
        Slot slot = _slots[Place(low, high)];
        return slot.Low == low && slot.High == high && slot.Length == field.Length + 1 ? slot.Code : Unknown;
    }

    public void Remember(ReadOnlySpan<byte> field, int code)
    {
        if (field.Length > Longest)
            return;
        (ulong low, ulong high) = Words(field);
        _slots[Place(low, high)] = new Slot(low, high, field.Length + 1, code);
    }

    private static int Place(ulong low, ulong high) => (int)(((low ^ BitOperations.RotateLeft(high, 29)) * 0x9E3779B97F4A7C15) >> (64 - SlotBits));

    // All bytes, some of them twice; with the length they say which they were.
    private static (ulong Low, ulong High) Words(ReadOnlySpan<byte> field) => field.Length switch
    {
        >= 8 => (BinaryPrimitives.ReadUInt64LittleEndian(field), BinaryPrimitives.ReadUInt64LittleEndian(field[^8..])),
        >= 4 => (BinaryPrimitives.ReadUInt32LittleEndian(field) | (ulong)BinaryPrimitives.ReadUInt32LittleEndian(field[^4..]) << 32, 0),
        > 0 => (field[0] | (ulong)field[field.Length / 2] << 8 | (ulong)field[^1] << 16, 0),
        _ => (0, 0),
    };

    // The length is one more than the field's, so that an empty slot is no empty field.
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Slot(ulong Low, ulong High, int Length, int Code);
}

using System.Buffers.Binary;

namespace CmlNet.Reports.Readers.TensorBoard;

/// <summary>A <c>TensorProto</c> of one number.</summary>
internal static class ScalarTensor
{
    /// <summary>Null when it has dimensions, or a type that is no number.</summary>
    public static double? Read(ReadOnlySpan<byte> tensor)
    {
        int type = 0;
        double? value = null;
        ReadOnlySpan<byte> content = default;
        var fields = new ProtoFields(tensor);
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 1: type = (int)fields.Bits; break;
                case 2 when HasDimensions(fields.Bytes): return null;
                case 4: content = fields.Bytes; break;
                case 5: value = Packed(fields, 4) ?? fields.AsFloat; break;
                case 6: value = Packed(fields, 8) ?? fields.AsDouble; break;
                case 7 or 10: value = fields.Bytes.IsEmpty ? (long)fields.Bits : Varint(fields.Bytes); break;
            }
        }

        return content.IsEmpty ? value : Raw(content, type);
    }

    private static double? Raw(ReadOnlySpan<byte> content, int type) => (type, content.Length) switch
    {
        (1, 4) => BinaryPrimitives.ReadSingleLittleEndian(content),
        (2, 8) => BinaryPrimitives.ReadDoubleLittleEndian(content),
        (3, 4) => BinaryPrimitives.ReadInt32LittleEndian(content),
        (9, 8) => BinaryPrimitives.ReadInt64LittleEndian(content),
        (14, 2) => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(content) << 16), // bfloat16
        (19, 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(content),
        _ => null,
    };

    private static double? Packed(ProtoFields field, int width) => field.Bytes.Length != width
        ? null
        : width == 4 ? BinaryPrimitives.ReadSingleLittleEndian(field.Bytes) : BinaryPrimitives.ReadDoubleLittleEndian(field.Bytes);

    private static double Varint(ReadOnlySpan<byte> packed)
    {
        ulong value = 0;
        for (int i = 0; i < packed.Length && i < 10; i++)
            value |= (ulong)(packed[i] & 0x7F) << (7 * i);
        return (long)value;
    }

    private static bool HasDimensions(ReadOnlySpan<byte> shape)
    {
        var fields = new ProtoFields(shape);
        while (fields.Next())
        {
            if (fields.Number == 2)
                return true;
        }

        return false;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CmlNet.Reports.Readers.Csv;

/// <summary>
/// Finds the records and fields of a block. Delimiters and line ends are looked for 64 bytes at a time: fields are short, and a search for each would cost more than what it finds.
/// </summary>
internal static class CsvTokens
{
    /// <summary>In bytes.</summary>
    public const int LargestRecord = 4 * 1024 * 1024;

    private const int MostFields = 20_000;
    private const int Chunk = 64;

    /// <summary>Fills in everything of a block but its numbers.</summary>
    public static void Find(CsvBlock block, byte delimiter)
    {
        byte[] bytes = block.Bytes;
        CsvField[] fields = block.Fields;
        int end = block.Length, chunk = -Chunk, record = 0, field = 0, start = 0, line = 0, inner = 0, fieldCount = 0;
        ulong mask = 0;
        string? defect = null;
        bytes[end] = (byte)'\n'; // so that there always is a next one
        block.RecordCount = 0;
        while (record < end)
        {
            if (fieldCount == fields.Length)
            {
                if ((defect = fieldCount - start > MostFields ? TooManyColumns : null) is not null)
                    break;
                block.Fields = fields = Larger(fields);
            }

            int at;
            if (bytes[field] == '"')
            {
                at = Quoted(bytes, field, end, out fields[fieldCount]);
                if (at < 0 || (bytes[at] != delimiter && bytes[at] is not ((byte)'\n' or (byte)'\r')))
                {
                    defect = at >= 0 ? $"text follows a closing quote in field {fieldCount + 1 - start}; double a quote that belongs to the text"
                        : block.IsCut || end - record > LargestRecord ? TooLong : "a quoted field is never closed; add the missing '\"'";
                    break;
                }

                inner += bytes.AsSpan(field, at - field).Count((byte)'\n');
                if (at >= chunk + Chunk)
                    (chunk, mask) = (at, Mask(bytes, at, delimiter));
            }
            else
            {
                at = Special(bytes, field, delimiter, ref chunk, ref mask);
                fields[fieldCount] = new CsvField(field, at - field);
            }

            fieldCount++;
            field = at + 1;
            if (bytes[at] == delimiter)
                continue;
            int next = Math.Min(end, bytes[at] == '\r' && bytes[field] == '\n' ? field + 1 : field);
            if ((at == end && block.IsCut) || next - record > LargestRecord || fieldCount - start > MostFields)
            {
                defect = fieldCount - start > MostFields ? TooManyColumns : TooLong;
                break;
            }

            if (fieldCount - start == 1 && fields[start] is { Length: 0, IsQuoted: false })
                fieldCount = start; // a blank line
            else
                block.Add(start, line);
            line += at < end ? inner + 1 : inner;
            (record, field, start, inner) = (next, next, fieldCount, 0);
        }

        block.End(start, line, defect);
    }

    /// <summary>Reads the numbers of columns.</summary>
    public static void Convert(CsvBlock block, ReadOnlySpan<int> columns)
    {
        if (columns.IsEmpty)
            return;
        if (block.Numbers.Length < block.Fields.Length)
            block.Numbers = new double[block.Fields.Length];
        (byte[] bytes, CsvField[] fields, double[] numbers, int[] starts) = (block.Bytes, block.Fields, block.Numbers, block.Starts);
        for (int record = 0; record < block.RecordCount; record++)
        {
            int start = starts[record], count = starts[record + 1] - start;
            foreach (int column in columns)
            {
                if (column >= count)
                    continue;
                CsvField field = fields[start + column];
                bool isNumber = field.HasQuotes ? Utf8Number.TryParse(CsvEscape.Undo(bytes.AsSpan(field.Start, field.Length)), out double value) : Utf8Number.TryParse(bytes, field.Start, field.Length, out value);
                numbers[start + column] = isNumber ? value : double.NaN;
                if (isNumber)
                    fields[start + column] = field.AsNumber();
            }
        }
    }

    private static string TooManyColumns => $"more than {MostFields} columns; is this a CSV file?";

    private static string TooLong => $"a record is longer than {LargestRecord} bytes; is this a CSV file, and are its quotes closed?";

    // The place behind the closing quote; -1 when there is none.
    private static int Quoted(byte[] bytes, int field, int end, out CsvField found)
    {
        bool hasQuotes = false;
        for (int from = field + 1; ;)
        {
            int quote = bytes.AsSpan(from, end - from).IndexOf((byte)'"');
            if (quote < 0)
            {
                found = default;
                return -1;
            }

            from += quote + 1;
            if (from < end && bytes[from] == '"')
            {
                hasQuotes = true;
                from++;
                continue;
            }

            found = new CsvField(field + 1, from - field - 2, isQuoted: true, hasQuotes);
            return from;
        }
    }

    // The next delimiter or line end. Those in the mask that lie before the field belong to what was passed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Special(byte[] bytes, int field, byte delimiter, ref int chunk, ref ulong mask)
    {
        int at = -1;
        while (at < field)
        {
            while (mask == 0)
            {
                chunk += Chunk;
                mask = Mask(bytes, chunk, delimiter);
            }

            at = chunk + BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
        }

        return at;
    }

    private static T[] Larger<T>(T[] array)
    {
        Array.Resize(ref array, array.Length * 2);
        return array;
    }

    // 128 bits and not 256: every processor has these, so that the code is compiled ahead of time and fast from the first call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(byte[] bytes, int start, byte delimiter)
    {
        ReadOnlySpan<byte> chunk = bytes.AsSpan(start, Chunk);
        return Quarter(chunk, delimiter) | Quarter(chunk[16..], delimiter) << 16 | Quarter(chunk[32..], delimiter) << 32 | Quarter(chunk[48..], delimiter) << 48;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Quarter(ReadOnlySpan<byte> quarter, byte delimiter)
    {
        var bytes = Vector128.Create(quarter);
        return (Vector128.Equals(bytes, Vector128.Create(delimiter)) | Vector128.Equals(bytes, Vector128.Create((byte)'\n')) | Vector128.Equals(bytes, Vector128.Create((byte)'\r'))).ExtractMostSignificantBits();
    }
}

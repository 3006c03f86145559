namespace CmlNet.Reports.Readers.Csv;

/// <summary>Cuts a stream into blocks of whole records.</summary>
/// <param name="stream">Closed by its owner.</param>
/// <param name="delimiter">Between fields.</param>
/// <param name="size">Bytes of a block; one with a longer record is larger.</param>
internal sealed class CsvBlockSource(Stream stream, byte delimiter, int size)
{
    private byte[] _rest = [];
    private bool _atEnd;

    /// <summary>Fills the next block; false at the end.</summary>
    public bool Fill(CsvBlock block)
    {
        (block.IsCut, int length) = (false, _rest.Length);
        // Not all of a block that a longer record made larger once.
        int space = Math.Max(size, length);
        Provide(block, space);
        _rest.CopyTo(block.Bytes.AsSpan());
        _rest = [];
        while (true)
        {
            Span<byte> room = block.Bytes.AsSpan(length, space - length);
            int read = _atEnd ? 0 : stream.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
            _atEnd |= read < room.Length;
            length += read;
            int border = _atEnd ? length : Border(block.Bytes.AsSpan(0, length));
            if (border > 0 || length > CsvTokens.LargestRecord || _atEnd)
            {
                block.IsCut = border == 0 && !_atEnd;
                _atEnd |= block.IsCut;
                block.Length = border > 0 ? border : length;
                _rest = block.Bytes.AsSpan(block.Length, length - block.Length).ToArray();
                return block.Length > 0;
            }

            space = length * 2;
            Provide(block, space);
        }
    }

    private static void Provide(CsvBlock block, int size)
    {
        if (block.Bytes.Length >= size + CsvBlock.Padding)
            return;
        byte[] larger = new byte[size + CsvBlock.Padding];
        block.Bytes.CopyTo(larger.AsSpan());
        block.Bytes = larger;
    }

    // Behind the last line end that ends a record; 0 when there is none. A quote only opens a field at its start, as the tokens have it.
    private int Border(ReadOnlySpan<byte> bytes)
    {
        int border = 0;
        for (int at = 0; ;)
        {
            int quote = bytes[at..].IndexOf((byte)'"');
            int gap = LineEnd(bytes, at, quote < 0 ? bytes.Length : at + quote);
            border = gap > 0 ? gap : border;
            if (quote < 0)
                return border;
            at += quote + 1;
            if (at > 1 && bytes[at - 2] != delimiter && bytes[at - 2] is not ((byte)'\n' or (byte)'\r'))
                continue;
            while (true)
            {
                int close = bytes[at..].IndexOf((byte)'"');
                // At the very end it may be the first of two.
                if (close < 0 || at + close + 1 == bytes.Length)
                    return border;
                at += close + 1;
                if (bytes[at] != '"')
                    break;
                at++;
            }
        }
    }

    // Behind the last line end between two places; 0 when there is none. What follows a carriage return must be known: they come in pairs with line feeds.
    private static int LineEnd(ReadOnlySpan<byte> bytes, int from, int to)
    {
        int last = bytes[from..to].LastIndexOfAny((byte)'\n', (byte)'\r');
        if (last >= 0 && from + last + 1 == bytes.Length && bytes[^1] == '\r')
            last = bytes.Slice(from, last).LastIndexOfAny((byte)'\n', (byte)'\r');
        return last < 0 ? 0 : from + last + 1;
    }
}

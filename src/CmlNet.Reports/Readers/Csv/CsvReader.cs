using System.Text.Unicode;

namespace CmlNet.Reports.Readers.Csv;

/// <summary>
/// RFC 4180 records of UTF-8 text, streamed: quoted fields with doubled quotes and line breaks, CRLF or LF, blank lines skipped.
/// Fields are spans that hold until the next <see cref="Read"/>. Other cores read ahead; what comes out is the same without them.
/// </summary>
internal sealed class CsvReader : IDisposable
{
    private const int BlockSize = 256 * 1024;
    private const double MostLikely = 10_000_000;
    private readonly Stream _stream;
    private readonly CsvBlocks _blocks;
    private CsvBlock? _block;
    private bool[] _isNumeric = [];
    private int _record;
    private int _start;
    private char[] _scratch = new char[1024];
    private int _scratched;
    private long _firstLine = 1;

    public CsvReader(Stream stream, char delimiter)
        : this(stream, delimiter, BlockSize, Environment.ProcessorCount < 2 ? 0 : Math.Min(12, Environment.ProcessorCount * 3))
    {
    }

    /// <param name="stream">Closed with the reader.</param>
    /// <param name="delimiter">An ASCII character.</param>
    /// <param name="blockSize">Bytes read at once.</param>
    /// <param name="ahead">How many blocks other threads may work on beforehand; none at 0.</param>
    public CsvReader(Stream stream, char delimiter, int blockSize, int ahead)
    {
        _stream = stream;
        _blocks = new CsvBlocks(new CsvBlockSource(stream, (byte)delimiter, blockSize), (byte)delimiter, ahead);
    }

    public int FieldCount { get; private set; }

    /// <summary>Line on which the current record starts, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>How many records there may be, by the length of those in the current block; 0 when nothing is known.</summary>
    public int LikelyRecords => _block is { Length: > 0 } block && _stream.CanSeek ? (int)Math.Min(MostLikely, (double)_stream.Length * block.RecordCount / block.Length * 1.02) : 0;

    /// <exception cref="ArtifactException">The field is not UTF-8.</exception>
    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            ReadOnlySpan<byte> bytes = Bytes(index);
            // What was handed out before stays as it is: a fuller scratch is left to those who hold spans of it.
            if (_scratch.Length - _scratched < bytes.Length)
                (_scratch, _scratched) = (new char[Math.Max(_scratch.Length, bytes.Length * 2)], 0);
            Span<char> target = _scratch.AsSpan(_scratched);
            if (Utf8.ToUtf16(bytes, target, out int read, out int written, replaceInvalidSequences: false) != System.Buffers.OperationStatus.Done)
                throw CsvEncoding.Refuse(bytes, read, index, Line);
            _scratched += written;
            return target[..written];
        }
    }

    /// <summary>The field as it is in the file, doubled quotes made single.</summary>
    public ReadOnlySpan<byte> Bytes(int index)
    {
        CsvField field = Field(index);
        ReadOnlySpan<byte> raw = _block!.Bytes.AsSpan(field.Start, field.Length); // a record is in a block
        return field.HasQuotes ? CsvEscape.Undo(raw) : raw;
    }

    /// <summary>The field as a number, without a detour over text; NaN when it is none. Once asked for, a column's numbers are read ahead.</summary>
    public bool TryNumber(int index, out double value)
    {
        CsvField field = Field(index);
        if (index < _isNumeric.Length && _isNumeric[index])
        {
            value = _block!.Numbers[_start + index]; // as above
            return field.IsNumber;
        }

        _blocks.Expect(index);
        if (Utf8Number.TryParse(Bytes(index), out value))
            return true;
        value = double.NaN;
        return false;
    }

    /// <summary>Moves to the next record; false at the end.</summary>
    /// <exception cref="ArtifactException">A quote is not closed, text follows a closing quote, or a record is absurdly large.</exception>
    public bool Read()
    {
        _scratched = 0;
        while (_block is null || ++_record >= _block.RecordCount)
        {
            if (_block is { Defect: { } defect })
                throw new ArtifactException(defect.Message, _firstLine + defect.Line);
            if (!Move())
                return false;
        }

        _start = _block.Starts[_record];
        FieldCount = _block.Starts[_record + 1] - _start;
        Line = _firstLine + _block.Lines[_record];
        return true;
    }

    /// <summary>Moves past all records up to the end of the block at hand, or of the next; false at the end. They may differ in width.</summary>
    /// <param name="numeric">Columns to be read as numbers, ahead in later blocks.</param>
    /// <param name="width">Fields of each, as the caller has them.</param>
    /// <param name="rows">Empty at the end.</param>
    /// <param name="ragged">The first of another width, as its number of fields and its line.</param>
    /// <exception cref="ArtifactException">As <see cref="Read"/>.</exception>
    public bool ReadRows(ReadOnlySpan<int> numeric, int width, out CsvRows rows, out (int Fields, long Line)? ragged)
    {
        _blocks.Expect(numeric);
        rows = default;
        ragged = null;
        if (!Read())
            return false;
        CsvBlock block = _block!; // there is a record
        foreach (int column in numeric)
        {
            if (column >= _isNumeric.Length || !_isNumeric[column])
                CsvTokens.Convert(block, [column]);
        }

        rows = new CsvRows(block, _record, width, _firstLine);
        for (; _record < block.RecordCount && ragged is null; _record++)
        {
            int fields = block.Starts[_record + 1] - block.Starts[_record];
            ragged = fields == width ? null : (fields, _firstLine + block.Lines[_record]);
        }

        return true;
    }

    /// <summary>Columns side by side as numbers, at once; false when one is none, or was not read ahead: then they are to be asked for one by one.</summary>
    public bool TryNumbers(int first, Span<double> values)
    {
        if (first + values.Length > Math.Min(_isNumeric.Length, FieldCount) || _isNumeric.AsSpan(first, values.Length).Contains(false))
            return false;
        _block!.Numbers.AsSpan(_start + first, values.Length).CopyTo(values); // there is a record
        bool finite = true;
        foreach (double value in values)
            finite &= double.IsFinite(value);
        return finite;
    }

    public void Dispose() => _stream.Dispose();

    private CsvField Field(int index) =>
        (uint)index < (uint)FieldCount ? _block!.Fields[_start + index] : throw new ArgumentOutOfRangeException(nameof(index), index, "the record has no such field"); // as above

    private bool Move()
    {
        _firstLine += _block?.LineCount ?? 0;
        _block = _blocks.Next(_block);
        _record = -1;
        FieldCount = 0;
        if (_block is null)
            return false;
        _isNumeric = new bool[_block.Numeric.Length == 0 ? 0 : _block.Numeric.Max() + 1];
        foreach (int column in _block.Numeric)
            _isNumeric[column] = true;
        return true;
    }
}

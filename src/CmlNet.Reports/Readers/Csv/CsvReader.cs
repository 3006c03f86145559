using System.Text.Unicode;

namespace CmlNet.Reports.Readers.Csv;

/// <summary>
/// RFC 4180 records of UTF-8 text, streamed: quoted fields with doubled quotes and line breaks, CRLF or LF, blank lines skipped.
/// Fields are spans that hold until the next <see cref="Read"/>.
/// </summary>
internal sealed class CsvReader(Stream stream, char delimiter) : IDisposable
{
    private const int LargestRecord = 4 * 1024 * 1024;
    private const int MostFields = 20_000;
    private byte[] _buffer = new byte[SpecialBytes.Padding + 256 * 1024];
    private SpecialBytes _special = new((byte)delimiter);
    private int _end;
    private int _next;
    private bool _atEnd;
    private Field[] _fields = new Field[16];
    private char[] _scratch = new char[1024];
    private int _scratched;
    private long _nextLine = 1;

    private enum Scan
    {
        Complete,
        NeedsMore,
    }

    public int FieldCount { get; private set; }

    /// <summary>Line on which the current record starts, from 1.</summary>
    public long Line { get; private set; }

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
        Field field = _fields[index];
        ReadOnlySpan<byte> raw = _buffer.AsSpan(field.Start, field.Length);
        return field.HasQuotes ? Unescape(raw) : raw;
    }

    /// <summary>Moves to the next record; false at the end.</summary>
    /// <exception cref="ArtifactException">A quote is not closed, text follows a closing quote, or a record is absurdly large.</exception>
    public bool Read()
    {
        _scratched = 0;
        while (true)
        {
            if (_next == _end && !Fill(_next))
                return false;
            Line = _nextLine;
            int start = _next;
            while (ScanRecord(start) == Scan.NeedsMore)
            {
                Fill(start);
                start = 0;
            }

            bool blank = FieldCount == 1 && _fields[0] is { Length: 0, IsQuoted: false };
            if (!blank)
                return true;
        }
    }

    public void Dispose() => stream.Dispose();

    private Scan ScanRecord(int start)
    {
        FieldCount = 0;
        int field = start;
        while (true)
        {
            if (field < _end && _buffer[field] == '"')
            {
                int after = field;
                if (ScanQuoted(ref after) == Scan.NeedsMore)
                    return Scan.NeedsMore;
                field = after + 1;
                if (after < _end && _buffer[after] == delimiter)
                    continue;
                return EndRecord(start, after);
            }

            int at = _special.Next(_buffer, field, _end);
            if (at < 0 && !_atEnd)
                return Scan.NeedsMore;
            at = at < 0 ? _end : at;
            Add(new Field(field, at - field, HasQuotes: false, IsQuoted: false));
            if (at == _end || _buffer[at] != delimiter)
                return EndRecord(start, at);
            field = at + 1;
        }
    }

    private Scan ScanQuoted(ref int at)
    {
        int start = at + 1, i = start;
        bool escaped = false;
        while (true)
        {
            int quote = _buffer.AsSpan(i, _end - i).IndexOf((byte)'"');
            if (quote < 0 || (i + quote + 1 == _end && !_atEnd))
                return _atEnd ? throw new ArtifactException("a quoted field is never closed; add the missing '\"'", Line) : Scan.NeedsMore;
            i += quote + 1;
            if (i < _end && _buffer[i] == '"')
            {
                escaped = true;
                i++;
                continue;
            }

            Add(new Field(start, i - 1 - start, escaped, IsQuoted: true));
            at = i;
            return at == _end || _buffer[at] == delimiter || _buffer[at] is (byte)'\n' or (byte)'\r'
                ? Scan.Complete
                : throw new ArtifactException($"text follows a closing quote in field {FieldCount}; double a quote that belongs to the text", Line);
        }
    }

    private Scan EndRecord(int start, int at)
    {
        if (at < _end && _buffer[at] == '\r')
        {
            if (at + 1 == _end && !_atEnd)
                return Scan.NeedsMore;
            bool pair = at + 1 < _end && _buffer[at + 1] == '\n';
            _nextLine += pair ? 0 : 1;
            at += pair ? 1 : 0;
        }

        _next = Math.Min(at + 1, _end);
        _nextLine += _buffer.AsSpan(start, _next - start).Count((byte)'\n');
        return Scan.Complete;
    }

    private void Add(Field field)
    {
        if (FieldCount == _fields.Length)
        {
            if (FieldCount >= MostFields)
                throw new ArtifactException($"more than {MostFields} columns; is this a CSV file?", Line);
            Array.Resize(ref _fields, FieldCount * 2);
        }

        _fields[FieldCount++] = field;
    }

    // Moves what is unread to the front of the buffer and reads behind it.
    private bool Fill(int keepFrom)
    {
        int kept = _end - keepFrom;
        if (kept > LargestRecord)
            throw new ArtifactException($"a record is longer than {LargestRecord} bytes; is this a CSV file, and are its quotes closed?", Line);
        if (kept == _buffer.Length - SpecialBytes.Padding)
            Array.Resize(ref _buffer, kept * 2 + SpecialBytes.Padding);
        _buffer.AsSpan(keepFrom, kept).CopyTo(_buffer);
        int room = _buffer.Length - SpecialBytes.Padding - kept, read = stream.ReadAtLeast(_buffer.AsSpan(kept, room), room, throwOnEndOfStream: false);
        _end = kept + read;
        _next = 0;
        _atEnd = read < room;
        _special.Reset();
        return _end > 0;
    }

    private static byte[] Unescape(ReadOnlySpan<byte> raw)
    {
        byte[] text = new byte[raw.Length];
        int length = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            text[length++] = raw[i];
            if (raw[i] == '"')
                i++;
        }

        return text[..length];
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Field(int Start, int Length, bool HasQuotes, bool IsQuoted);
}

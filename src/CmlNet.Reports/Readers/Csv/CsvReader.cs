namespace CmlNet.Reports.Readers.Csv;

/// <summary>
/// RFC 4180 records, streamed: quoted fields with doubled quotes and line breaks, CRLF or LF, blank lines skipped.
/// Fields are spans into the buffer and hold until the next <see cref="Read"/>.
/// </summary>
internal sealed class CsvReader(TextReader text, char delimiter) : IDisposable
{
    private const int LargestRecord = 1024 * 1024;
    private const int MostFields = 20_000;
    private char[] _buffer = new char[64 * 1024];
    private int _end;
    private int _next;
    private bool _atEnd;
    private Field[] _fields = new Field[16];
    private char[] _scratch = [];
    private long _nextLine = 1;

    private enum Scan
    {
        Complete,
        NeedsMore,
    }

    public int FieldCount { get; private set; }

    /// <summary>Line on which the current record starts, from 1.</summary>
    public long Line { get; private set; }

    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            Field field = _fields[index];
            ReadOnlySpan<char> raw = _buffer.AsSpan(field.Start, field.Length);
            return field.HasQuotes ? Unescape(raw) : raw;
        }
    }

    /// <summary>Moves to the next record; false at the end.</summary>
    /// <exception cref="ArtifactException">A quote is not closed, text follows a closing quote, or a record is absurdly large.</exception>
    public bool Read()
    {
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

    public void Dispose() => text.Dispose();

    private Scan ScanRecord(int start)
    {
        FieldCount = 0;
        int at = start;
        while (true)
        {
            Scan scan = at < _end && _buffer[at] == '"' ? ScanQuoted(ref at) : ScanPlain(ref at);
            if (scan == Scan.NeedsMore)
                return scan;
            if (at < _end && _buffer[at] == delimiter)
            {
                at++;
                continue;
            }

            return EndRecord(start, at);
        }
    }

    private Scan ScanPlain(ref int at)
    {
        int length = _buffer.AsSpan(at, _end - at).IndexOfAny(delimiter, '\n', '\r');
        if (length < 0 && !_atEnd)
            return Scan.NeedsMore;
        length = length < 0 ? _end - at : length;
        Add(new Field(at, length, HasQuotes: false, IsQuoted: false));
        at += length;
        return Scan.Complete;
    }

    private Scan ScanQuoted(ref int at)
    {
        int start = at + 1, i = start;
        bool escaped = false;
        while (true)
        {
            int quote = _buffer.AsSpan(i, _end - i).IndexOf('"');
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
            return at == _end || _buffer[at] == delimiter || _buffer[at] is '\n' or '\r'
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
        _nextLine += _buffer.AsSpan(start, _next - start).Count('\n');
        return Scan.Complete;
    }

    private void Add(Field field)
    {
        if (FieldCount == MostFields)
            throw new ArtifactException($"more than {MostFields} columns; is this a CSV file?", Line);
        if (FieldCount == _fields.Length)
            Array.Resize(ref _fields, FieldCount * 2);
        _fields[FieldCount++] = field;
    }

    // Moves what is unread to the front of the buffer and reads behind it.
    private bool Fill(int keepFrom)
    {
        int kept = _end - keepFrom;
        if (kept > LargestRecord)
            throw new ArtifactException($"a record is longer than {LargestRecord} characters; is this a CSV file, and are its quotes closed?", Line);
        if (kept == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        _buffer.AsSpan(keepFrom, kept).CopyTo(_buffer);
        int read = text.ReadBlock(_buffer, kept, _buffer.Length - kept);
        _end = kept + read;
        _next = 0;
        _atEnd = _end < _buffer.Length;
        return _end > 0;
    }

    private ReadOnlySpan<char> Unescape(ReadOnlySpan<char> raw)
    {
        if (_scratch.Length < raw.Length)
            _scratch = new char[raw.Length];
        int length = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            _scratch[length++] = raw[i];
            if (raw[i] == '"')
                i++;
        }

        return _scratch.AsSpan(0, length);
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Field(int Start, int Length, bool HasQuotes, bool IsQuoted);
}

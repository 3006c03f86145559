namespace CmlNet.Reports.Readers.Csv;

/// <summary>A CSV or TSV file with its header row read: columns by name, rows of the header's width.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly CsvReader _reader;

    private CsvFile(CsvReader reader, IReadOnlyList<string> columns)
    {
        _reader = reader;
        Columns = columns;
    }

    public IReadOnlyList<string> Columns { get; }

    public long Line => _reader.Line;

    /// <summary>How many rows there may be, by the length of the first ones; 0 when nothing is known.</summary>
    public int LikelyRows => _reader.LikelyRecords;

    /// <exception cref="ArtifactException">The field is not UTF-8.</exception>
    public ReadOnlySpan<char> this[int column] => _reader[column];

    /// <summary>The field as it is in the file, doubled quotes made single.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => _reader.Bytes(column);

    /// <summary>The field as a number, without a detour over text; NaN when it is none.</summary>
    public bool TryNumber(int column, out double value) => _reader.TryNumber(column, out value);

    /// <summary>Whether nothing was written: empty, <c>NA</c>, <c>null</c>, <c>nan</c> and their like.</summary>
    public bool IsMissing(int column) => Utf8Number.IsMissing(_reader.Bytes(column));

    /// <exception cref="ArtifactException">There is no header row.</exception>
    public static CsvFile Open(ArtifactFile file)
    {
        var reader = new CsvReader(CsvEncoding.Open(file.OpenBytes()), Delimiter(file));
        try
        {
            List<string> columns = ReadHeader(reader);
            return columns.Count > 0 ? new CsvFile(reader, columns) : throw new ArtifactException("the file is empty; expected a header row with column names");
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Column names from the first line alone; empty when it has none.</summary>
    public static IReadOnlyList<string> Header(ArtifactFile file)
    {
        try
        {
            using var reader = new CsvReader(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(file.Head)), Delimiter(file));
            return ReadHeader(reader);
        }
        catch (ArtifactException)
        {
            return []; // not a CSV header: some other reader's file
        }
    }

    /// <exception cref="ArtifactException">The row has more or fewer fields than the header.</exception>
    public bool Read()
    {
        if (!_reader.Read())
            return false;
        return _reader.FieldCount == Columns.Count ? true : throw Ragged(_reader.FieldCount, _reader.Line);
    }

    /// <summary>Moves past many rows at once; false at the end.</summary>
    /// <param name="numeric">Columns to be read as numbers.</param>
    /// <param name="rows">Empty at the end.</param>
    /// <exception cref="ArtifactException">A row has more or fewer fields than the header.</exception>
    public bool ReadRows(ReadOnlySpan<int> numeric, out CsvRows rows)
    {
        if (!_reader.ReadRows(numeric, Columns.Count, out rows, out (int Fields, long Line)? ragged))
            return false;
        return ragged is { } other ? throw Ragged(other.Fields, other.Line) : true;
    }

    /// <summary>Columns side by side as finite numbers, at once; false when they have to be asked for one by one.</summary>
    public bool TryNumbers(int first, Span<double> values) => _reader.TryNumbers(first, values);

    /// <summary>Position of a column, matched exactly and then without regard to case; -1 when absent.</summary>
    public int Find(string name)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i], name, StringComparison.Ordinal))
                return i;
        }

        for (int i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i], name, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }

    public void Dispose() => _reader.Dispose();

    private ArtifactException Ragged(int fields, long line) => new($"{fields} fields where the header has {Columns.Count} columns ({string.Join(", ", Columns.Take(12))})", line);

    private static List<string> ReadHeader(CsvReader reader)
    {
        var columns = new List<string>();
        if (reader.Read())
        {
            for (int i = 0; i < reader.FieldCount; i++)
            {
                if (reader.Bytes(i).Contains((byte)0))
                    throw CsvEncoding.RefuseNul();
                columns.Add(reader[i].Trim().ToString());
            }
        }

        return columns;
    }

    // Keras's logger lets the user choose the separator, spreadsheets in half of Europe write semicolons.
    private static char Delimiter(ArtifactFile file)
    {
        if (file.Suffix == ".tsv")
            return '\t';
        ReadOnlySpan<char> head = file.Head;
        int lineEnd = head.IndexOfAny('\r', '\n');
        ReadOnlySpan<char> line = lineEnd < 0 ? head : head[..lineEnd];
        int commas = line.Count(','), tabs = line.Count('\t'), semicolons = line.Count(';');
        if (commas >= tabs && commas >= semicolons)
            return ',';
        return tabs >= semicolons ? '\t' : ';';
    }
}

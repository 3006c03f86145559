using System.Text;
using System.Text.Unicode;

namespace CmlNet.Reports.Readers.Csv;

/// <summary>Rows of one width that other cores have worked on already, many at once: what is to be done with every row costs no call for each. Holds until the next read.</summary>
/// <param name="block">With the rows.</param>
/// <param name="first">The first of them in it.</param>
/// <param name="width">Fields of each.</param>
/// <param name="firstLine">Line on which the block starts.</param>
internal readonly ref struct CsvRows(CsvBlock block, int first, int width, long firstLine)
{
    public int Count => block.RecordCount - first;

    /// <summary>Row by row, as many as there are columns: NaN where there is no number. Means nothing for columns that were not asked for as numbers.</summary>
    public ReadOnlySpan<double> Numbers => block.Numbers.AsSpan(block.Starts[first], Count * width);

    /// <summary>Line on which a row starts, from 1.</summary>
    public long Line(int row) => firstLine + block.Lines[first + row];

    /// <summary>Whether the field is a number (NaN is one), for columns that were asked for as numbers.</summary>
    public bool IsNumber(int row, int column) => Field(row, column).IsNumber;

    /// <summary>The field as it is in the file, doubled quotes made single.</summary>
    public ReadOnlySpan<byte> Bytes(int row, int column)
    {
        CsvField field = Field(row, column);
        ReadOnlySpan<byte> raw = block.Bytes.AsSpan(field.Start, field.Length);
        return field.HasQuotes ? CsvEscape.Undo(raw) : raw;
    }

    /// <exception cref="ArtifactException">The field is not UTF-8.</exception>
    public string Text(int row, int column)
    {
        ReadOnlySpan<byte> bytes = Bytes(row, column);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw CsvEncoding.Refuse(bytes, Wrong(bytes), column, Line(row));
    }

    private CsvField Field(int row, int column) => block.Fields[block.Starts[first + row] + column];

    private static int Wrong(ReadOnlySpan<byte> bytes)
    {
        Span<char> scratch = new char[bytes.Length];
        Utf8.ToUtf16(bytes, scratch, out int read, out _, replaceInvalidSequences: false);
        return read;
    }
}

using System.Text;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Tests.Readers.Csv;

public sealed class CsvEncodingTests
{
    private const string Text = "site,n\nSão Paulo,1\nOsaka 大阪,2\n";

    public static TheoryData<byte[]> Readable => new()
    {
        Encoding.UTF8.GetBytes(Text),
        new byte[] { 0xEF, 0xBB, 0xBF }.Concat(Encoding.UTF8.GetBytes(Text)).ToArray(),
        new byte[] { 0xFF, 0xFE }.Concat(Encoding.Unicode.GetBytes(Text)).ToArray(),
        new byte[] { 0xFE, 0xFF }.Concat(Encoding.BigEndianUnicode.GetBytes(Text)).ToArray(),
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Open_MarkedOrUtf8_IsReadAlike(byte[] bytes)
    {
        using CsvFile csv = CsvFile.Open(File(bytes));
        Assert.Equal(["site", "n"], csv.Columns);
        Assert.True(csv.Read());
        Assert.Equal("São Paulo", csv[0].ToString());
        Assert.True(csv.Read());
        Assert.Equal("Osaka 大阪", csv[0].ToString());
    }

    [Fact]
    public void Read_Latin1_SaysWhichLineAndEncoding()
    {
        using CsvFile csv = CsvFile.Open(File(Encoding.Latin1.GetBytes("n,site\n1,Oslo\n2,São Paulo\n")));
        csv.Read();
        csv.Read();
        ArtifactException error = Assert.Throws<ArtifactException>(() => csv[1].ToString());
        Assert.Equal(3, error.Line);
        Assert.Contains("field 2 is not UTF-8 (byte 0xE3)", error.Message, StringComparison.Ordinal);
        Assert.Contains("Latin-1", error.Message, StringComparison.Ordinal);
        Assert.True(csv.TryNumber(0, out double n)); // the other columns are still good
        Assert.Equal(2, n);
    }

    [Fact]
    public void Open_Utf16WithoutMark_IsRefusedWithWhatToDo()
    {
        ArtifactException error = Assert.Throws<ArtifactException>(() => CsvFile.Open(File(Encoding.Unicode.GetBytes(Text))));
        Assert.Contains("UTF-16 without a byte order mark", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PAR1\x15\x04", "this is a Parquet file, which is not read; save it as CSV: pandas.read_parquet(...).to_csv(..., index=False)")]
    [InlineData("ARROW1\0\0", "this is a Feather file")]
    [InlineData("\x89HDF\r\n\x1a\n", "this is an HDF5 file")]
    [InlineData("\x93NUMPY\x01\0", "this is a NumPy array")]
    [InlineData("PK\x03\x04\x14\0", "this is a ZIP archive")]
    [InlineData("\x1f\x8b\x08\0", "this is compressed with gzip; unpack it: gunzip")]
    [InlineData("\x28\xb5\x2f\xfd", "this is compressed with zstd")]
    [InlineData("SQLite format 3\0", "this is an SQLite database")]
    [InlineData("\x80\x04\x95\0", "this is a Python pickle")]
    public void Open_BinaryFormat_IsRefusedByName(string head, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<ArtifactException>(() => CsvFile.Open(File(Encoding.Latin1.GetBytes(head)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_TwoFieldsHeldTogether_StayAsTheyWere()
    {
        using CsvFile csv = CsvFile.Open(File(Encoding.UTF8.GetBytes($"a,b\n{new string('x', 900)},{new string('y', 900)}\n")));
        csv.Read();
        ReadOnlySpan<char> first = csv[0], second = csv[1];
        Assert.Equal(new string('x', 900), first.ToString());
        Assert.Equal(new string('y', 900), second.ToString());
    }

    private static ArtifactFile File(byte[] bytes) => new() { FullPath = "/data.csv", Path = "data.csv", IsNamed = true, Content = bytes };
}

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

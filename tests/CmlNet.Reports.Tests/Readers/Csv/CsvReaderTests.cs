using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Reports.Tests.Readers.Csv;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b/1|2")]
    [InlineData("a,b\r\n1,2", "a|b/1|2")]
    [InlineData("a,b\r1,2\r", "a|b/1|2")]
    [InlineData("\"a,1\",\"say \"\"hi\"\"\"\n", "a,1|say \"hi\"")]
    [InlineData("a,\n,b\n", "a|/|b")]
    [InlineData("\n\na,b\n\n1,2\n\n", "a|b/1|2")]
    [InlineData("\"\"\n", "")]
    [InlineData("\"two\nlines\",x\n", "two\nlines|x")]
    public void Read_Text_GivesRecords(string text, string expected) => Assert.Equal(expected, string.Join('/', Records(text).Select(record => string.Join('|', record))));

    [Theory]
    [InlineData("a,b\n\"open,2\n3,4\n", 2, "never closed")]
    [InlineData("a,b\n\"x\ny\",1\n\"q\"z,2\n", 4, "follows a closing quote")]
    public void Read_BrokenQuotes_SaysWhichLine(string text, int line, string expected)
    {
        ArtifactException error = Assert.Throws<ArtifactException>(() => Records(text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void Read_AnyFieldsWrittenByTheRules_ComeBack() => Prop.ForAll<string[][]>(rows =>
    {
        var written = rows.Select(row => row.Select(field => string.Concat((field ?? "").EnumerateRunes().Select(rune => rune.ToString()))).ToArray()).Where(row => row.Length > 0).ToArray();
        string text = string.Concat(written.Select(row => string.Join(',', row.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
        Assert.Equal(written, Records(text));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_RecordsLongerThanTheBuffer_AreWhole()
    {
        string[][] rows = [.. Enumerable.Range(0, 50).Select(i => new[] { new string('x', i * 4001), $"a\"{i}\n", "" })];
        string text = string.Concat(rows.Select(row => string.Join(',', row.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n"));
        Assert.Equal(rows, Records(text));
    }

    private static List<string[]> Records(string text)
    {
        using var reader = new CsvReader(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), ',');
        var records = new List<string[]>();
        while (reader.Read())
            records.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader[i].ToString())]);
        return records;
    }
}

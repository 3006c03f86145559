using System.Text;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Reports.Tests.Readers.Csv;

public sealed class CsvBlocksTests
{
    // Pieces that meet at every kind of border: quotes that open, close, are doubled or mean nothing, line ends of all kinds, numbers, characters of several bytes.
    private static readonly string[] Pieces = ["\"", "\"\"", ",", "\n", "\r\n", "\r", "a", "1.5", "-12345678901234567", "0.30000000000000004", "nan", "é", "\"x\",", "\"say \"\"hi\"\"\"", "\"two\nlines\"\n", "b\"c", "1,2\n", " "];

    private static readonly Arbitrary<(int[] Pieces, int Size, int Ahead)> Files = Arb.From(
        from count in Gen.Choose(0, 120)
        from pieces in Gen.ArrayOf(Gen.Choose(0, Pieces.Length - 1), count)
        from size in Gen.Choose(1, 40)
        from ahead in Gen.Choose(0, 5)
        select (pieces, size, ahead));

    [Fact]
    public void Read_AnyTextInBlocksOfAnySize_GivesWhatOneBlockGives() => Prop.ForAll(Files, file =>
    {
        string text = string.Concat(file.Pieces.Select(piece => Pieces[piece]));
        Assert.Equal(Everything(text, 1 << 20, 0), Everything(text, file.Size, file.Ahead));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void Read_ManyBlocksOnManyThreads_GivesWhatOneBlockGives()
    {
        var random = new Random(7);
        var text = new StringBuilder();
        for (int i = 0; i < 40_000; i++)
            text.Append(Pieces[random.Next(2, Pieces.Length)]).Append(random.Next(4) == 0 ? "\n" : ",");
        text.Append("\"never closed\n1,2\n");
        Assert.Equal(Everything(text.ToString(), 1 << 24, 0), Everything(text.ToString(), 1_000, 8));
    }

    [Fact]
    public void Read_QuoteThatIsNeverClosed_NamesTheLineItOpensOn()
    {
        string text = string.Concat(Enumerable.Repeat("1,2\n", 10_000)) + "\"open,1\n" + string.Concat(Enumerable.Repeat("1,2\n", 2_000_000));
        using var reader = new CsvReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), ',', 4096, 4);
        ArtifactException error = Assert.Throws<ArtifactException>(() =>
        {
            while (reader.Read())
                Assert.Equal(2, reader.FieldCount);
        });
        Assert.Contains("longer than 4194304 bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(10_001, error.Line);
    }

    /// <summary>Whole blocks, some begun row by row, hold what reading row by row gives.</summary>
    [Fact]
    public void ReadRows_AnyTextInBlocksOfAnySize_GivesTheRowsOfRead() => Prop.ForAll(Files, file =>
    {
        string text = string.Concat(file.Pieces.Select(piece => Pieces[piece]));
        int width = 1 + file.Size % 3;
        Assert.Equal(RowByRow(text, width), BlockByBlock(text, width, file.Size, file.Ahead));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void ReadRows_OfAFile_RefusesARaggedRowByItsLine()
    {
        var file = new ArtifactFile { FullPath = "/d.csv", Path = "d.csv", IsNamed = true, Content = Encoding.UTF8.GetBytes("a,b\n1,2\n\n3\n4,5\n") };
        using CsvFile csv = CsvFile.Open(file);
        ArtifactException error = Assert.Throws<ArtifactException>(() => csv.ReadRows([0, 1], out _));
        Assert.Equal((4, "1 fields where the header has 2 columns (a, b)"), (error.Line, error.Message));
    }

    [Fact]
    public void ReadRows_FieldThatIsNotUtf8_SaysWhereAndWhat()
    {
        var file = new ArtifactFile { FullPath = "/d.csv", Path = "d.csv", IsNamed = true, Content = Encoding.Latin1.GetBytes("a,b\n1,2\n3,é\n") };
        using CsvFile csv = CsvFile.Open(file);
        ArtifactException error = Assert.Throws<ArtifactException>(() =>
        {
            Assert.True(csv.ReadRows([0], out CsvRows rows));
            Assert.Equal([1, 3], [rows.Numbers[0], rows.Numbers[2]]);
            rows.Text(1, 1);
        });
        Assert.Equal(3, error.Line);
        Assert.Contains("field 2 is not UTF-8 (byte 0xE9)", error.Message, StringComparison.Ordinal);
    }

    private static List<string> RowByRow(string text, int width) => Seen(text, 1 << 20, 0, (reader, seen) =>
    {
        while (reader.Read())
        {
            if (reader.FieldCount != width)
            {
                seen.Add($"{reader.FieldCount} fields on line {reader.Line}");
                return;
            }

            for (int i = 0; i < width; i++)
                seen.Add($"{reader.Line} {reader[i]}|{(reader.TryNumber(i, out double value) ? BitConverter.DoubleToInt64Bits(value) : null)}");
        }
    });

    private static List<string> BlockByBlock(string text, int width, int size, int ahead) => Seen(text, size, ahead, (reader, seen) =>
    {
        int[] columns = [.. Enumerable.Range(0, width)];
        while (reader.ReadRows(columns, width, out CsvRows rows, out (int Fields, long Line)? ragged))
        {
            for (int row = 0; row < rows.Count && !(rows.Line(row) >= ragged?.Line); row++)
            {
                for (int i = 0; i < width; i++)
                {
                    seen.Add($"{rows.Line(row)} {rows.Text(row, i)}|{(!rows.IsNumber(row, i) ? null : ragged is null ? BitConverter.DoubleToInt64Bits(rows.Numbers[row * width + i]) : Bits(rows.Bytes(row, i)))}");
                }
            }

            if (ragged is { } other)
            {
                seen.Add($"{other.Fields} fields on line {other.Line}");
                return;
            }
        }
    });

    private static long Bits(ReadOnlySpan<byte> number)
    {
        Assert.True(Utf8Number.TryParse(number, out double value));
        return BitConverter.DoubleToInt64Bits(value);
    }

    private static List<string> Seen(string text, int size, int ahead, Action<CsvReader, List<string>> read)
    {
        using var reader = new CsvReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), ',', size, ahead);
        var seen = new List<string>();
        try
        {
            read(reader, seen);
        }
        catch (ArtifactException e)
        {
            seen.Add($"{e.Line}: {e.Message}");
        }

        return seen;
    }

    // Numbers are asked for from the second record on, so that those read ahead and those read on the spot are both seen.
    private static List<string> Everything(string text, int size, int ahead)
    {
        using var reader = new CsvReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), ',', size, ahead);
        var seen = new List<string>();
        try
        {
            while (reader.Read())
            {
                seen.Add($"line {reader.Line}");
                for (int i = 0; i < reader.FieldCount; i++)
                    seen.Add($"{reader[i]}|{(seen.Count > 3 && reader.TryNumber(i, out double value) ? BitConverter.DoubleToInt64Bits(value) : 0)}");
            }
        }
        catch (ArtifactException e)
        {
            seen.Add($"{e.Line}: {e.Message}");
        }

        return seen;
    }
}

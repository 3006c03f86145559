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

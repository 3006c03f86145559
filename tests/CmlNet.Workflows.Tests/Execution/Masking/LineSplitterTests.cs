using System.Text;
using CmlNet.Containers;
using CmlNet.Workflows.Execution.Masking;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Workflows.Tests.Execution.Masking;

public sealed class LineSplitterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\nb", "a|b")]
    [InlineData("a\r\nb\r\n", "a|b")]
    [InlineData("10%\r20%\r\ndone", "10%|20%|done")]
    [InlineData("\n\n", "|")]
    [InlineData("héllo ☃ 🦊\n", "héllo ☃ 🦊")]
    public async Task Write_AnyChunking_GivesTheSameLines(string text, string expected)
    {
        for (int size = 1; size <= Math.Max(1, Encoding.UTF8.GetByteCount(text)); size++)
            Assert.Equal(expected, string.Join('|', await SplitAsync(new SecretMasker(), Encoding.UTF8.GetBytes(text), size)));
    }

    [Fact]
    public async Task Write_InvalidUtf8_BecomesReplacementCharacters() =>
        Assert.Equal(["a\uFFFDb", "\uFFFD"], await SplitAsync(new SecretMasker(), [(byte)'a', 0xFF, (byte)'b', (byte)'\n', 0xE2, 0x98], 1));

    [Fact]
    public async Task Write_TwoStreams_AreDecodedApart()
    {
        var sink = new RecordingSink();
        var splitter = new LineSplitter(sink, new SecretMasker());
        byte[] snowman = Encoding.UTF8.GetBytes("☃");
        await splitter.WriteAsync(StandardStream.Output, snowman.AsMemory(0, 2), CancellationToken.None);
        await splitter.WriteAsync(StandardStream.Error, Encoding.UTF8.GetBytes("err\n"), CancellationToken.None);
        await splitter.WriteAsync(StandardStream.Output, snowman.AsMemory(2), CancellationToken.None);
        await splitter.CompleteAsync(CancellationToken.None);

        Assert.Equal([(StandardStream.Error, "err"), (StandardStream.Output, "☃")], sink.Lines.Select(line => (line.Stream, line.Text)));
    }

    [Fact]
    public async Task Write_LongLine_ComesInPiecesOfTheLimit()
    {
        var sink = new RecordingSink();
        var splitter = new LineSplitter(sink, new SecretMasker(), maximumLength: 4);
        await splitter.WriteAsync(StandardStream.Output, Encoding.UTF8.GetBytes("abcdefghij\nk\n"), CancellationToken.None);

        Assert.Equal([("abcd", true), ("efgh", true), ("ij", true), ("k", false)], sink.Lines.Select(line => (line.Text, line.IsPiece)));
    }

    [Fact]
    public async Task Write_SecretOnTheCut_IsHiddenOnBothSides()
    {
        var masker = new SecretMasker();
        masker.Add("hunter2");
        List<string> lines = await SplitAsync(masker, Encoding.UTF8.GetBytes("aaaahunter2bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"), 3, maximumLength: 6);

        Assert.Equal("aaaa***", lines[0]);
        Assert.Equal("***b", lines[1]);
        Assert.Equal(33, string.Concat(lines).Count(c => c == 'b'));
    }

    [Fact]
    public void Write_AnySecretTextAndChunking_ShowsExactlyWhatIsNoSecret()
    {
        Gen<string> word = Gen.Elements("a", "b", "ab", "\"", "'", "&", "&+", "/", "é", "🦊", " ", "<", "%", "\\", "z9", "KeyKey").ListOf().Select(string.Concat);
        Gen<string> secret = word.Where(text => text.Trim().Length >= 2 && !text.Contains('*', StringComparison.Ordinal));
        var cases = from secrets in secret.NonEmptyListOf()
                    from texts in word.ListOf()
                    from picks in Gen.Choose(0, 1000).ListOf()
                    from size in Gen.Choose(1, 40)
                    from limit in Gen.Choose(1, 60)
                    select (Secrets: secrets, Texts: texts, Picks: picks, Size: size, Limit: limit);

        Prop.ForAll(Arb.From(cases), sample =>
        {
            var masker = new SecretMasker();
            foreach (string value in sample.Secrets)
                masker.Add(value);
            string[] forms = [.. sample.Secrets.SelectMany(SecretEncodings.Of).Where(form => !string.IsNullOrWhiteSpace(form)).Distinct(StringComparer.Ordinal)];
            var text = new StringBuilder();
            for (int i = 0; i < Math.Max(sample.Picks.Count, sample.Texts.Count); i++)
            {
                if (i < sample.Texts.Count)
                    text.Append(sample.Texts[i]);
                if (i < sample.Picks.Count)
                    text.Append(sample.Picks[i] % 7 == 0 ? "\n" : forms[sample.Picks[i] % forms.Length]);
            }

            var sink = new RecordingSink();
            // A form may begin with half a surrogate pair (what PowerShell drops), which does not survive UTF-8.
            byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
            Pump(sink, masker, bytes, sample.Size, sample.Limit).AsTask().GetAwaiter().GetResult();
            string shown = string.Concat(sink.Lines.Select(line => line.IsPiece ? line.Text : masker.Mask(line.Text)));
            string expected = string.Concat(Encoding.UTF8.GetString(bytes).Split('\n').Select(line => Uncovered(line, forms)));
            return shown.Replace(SecretMasker.Mark, "", StringComparison.Ordinal) == expected;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    /// <summary>The oracle: what is left of a line when every character of every form is struck out.</summary>
    private static string Uncovered(string line, string[] forms)
    {
        bool[] covered = new bool[line.Length];
        foreach (string form in forms)
        {
            for (int at = line.IndexOf(form, StringComparison.Ordinal); at >= 0; at = line.IndexOf(form, at + 1, StringComparison.Ordinal))
                covered.AsSpan(at, form.Length).Fill(true);
        }

        return string.Concat(line.Where((_, at) => !covered[at]));
    }

    private static async Task<List<string>> SplitAsync(SecretMasker masker, byte[] bytes, int size, int maximumLength = LineSplitter.DefaultMaximumLength)
    {
        var sink = new RecordingSink();
        await Pump(sink, masker, bytes, size, maximumLength);
        return [.. sink.Lines.Select(line => line.Text)];
    }

    private static async ValueTask Pump(RecordingSink sink, SecretMasker masker, byte[] bytes, int size, int maximumLength)
    {
        var splitter = new LineSplitter(sink, masker, maximumLength);
        for (int at = 0; at < bytes.Length; at += size)
            await splitter.WriteAsync(StandardStream.Output, bytes.AsMemory(at, Math.Min(size, bytes.Length - at)), CancellationToken.None);
        await splitter.CompleteAsync(CancellationToken.None);
    }

    private sealed class RecordingSink : ILineSink
    {
        public List<(StandardStream Stream, string Text, bool IsPiece)> Lines { get; } = [];

        public ValueTask WriteLineAsync(StandardStream stream, string line, bool isPiece, CancellationToken cancellationToken)
        {
            Lines.Add((stream, line, isPiece));
            return ValueTask.CompletedTask;
        }
    }
}

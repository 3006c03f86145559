using System.Text;
using System.Text.RegularExpressions;
using CmlNet.Publishing.Length;
using FsCheck;
using FsCheck.Fluent;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace CmlNet.Publishing.Tests.Length;

public sealed partial class ReportSplitterTests
{
    private const int Budget = 700;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables().Build();

    [Fact]
    public void Split_ReportThatFits_IsUntouched()
    {
        string report = new('ä', 256);
        Assert.Equal([report], ReportSplitter.Split(report, 512));
        Assert.Equal(2, ReportSplitter.Split(report + "a", 512).Count);
    }

    [Fact]
    public void Split_CollapsedSections_AreCutLastFirst()
    {
        string Section(string name, string open = "") => $"<details{open}><summary>The <b>{name}</b> log</summary>\n\n{new string('x', 600)}\n\n</details>\n\n";
        string report = "# Report\n\n" + Section("first") + Section("open", " open") + Section("last") + "The end.\n";
        string cut = Assert.Single(ReportSplitter.Split(report, 1600));
        Assert.Equal(
            "# Report\n\n" + Section("first") + Section("open", " open")
            + "<details>\n<summary>The last log</summary>\n\n_Left out: the report is longer than a comment may be._\n\n</details>\n\n\nThe end.\n",
            cut);
    }

    [Fact]
    public void Split_LongFenceAndTable_AreClosedAndHeadedInEachPart()
    {
        string fence = "```console\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"line {i}\n")) + "```\n\n";
        string table = "| a | b |\n|---|--:|\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"| {i} | x |\n"));
        IReadOnlyList<string> parts = ReportSplitter.Split(fence + table, 512);
        Assert.All(parts, p => Assert.InRange(Encoding.UTF8.GetByteCount(p), 1, 512));
        Assert.StartsWith("```console\nline 0\n", parts[0], StringComparison.Ordinal);
        Assert.Matches("\n```\n$", parts[0]);
        Assert.All(parts.Where(p => !p.Contains("```", StringComparison.Ordinal)), p => Assert.StartsWith("| a | b |\n|---|--:|\n|", p, StringComparison.Ordinal));
    }

    [Fact]
    public void Split_RandomReport_KeepsEveryWordInOrderAndEveryBlockWhole() => Prop.ForAll(
        Blocks().ListOf().Select(blocks => Number(string.Concat(blocks))).ToArbitrary(),
        report =>
        {
            IReadOnlyList<string> parts = ReportSplitter.Split(report, Budget);
            Assert.All(parts, p => Assert.True(Encoding.UTF8.GetByteCount(p) <= Budget, $"{Encoding.UTF8.GetByteCount(p)} bytes"));
            Assert.All(parts, AssertWhole);
            // Heads of tables come again; nothing else does.
            string[] words = [.. parts.SelectMany(Words).Distinct(StringComparer.Ordinal)];
            Assert.Equal(Words(report), words);
        }).QuickCheckThrowOnFailure();

    /// <summary>Words are numbered, so that a lost or moved one shows.</summary>
    private static string Number(string text)
    {
        int next = 0;
        return Placeholder().Replace(text, _ => FormattableString.Invariant($"w{next++}"));
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(m => m.Value);

    private static Gen<string> Blocks()
    {
        Gen<string> words = Gen.Choose(1, 30).Select(n => string.Join(' ', Enumerable.Repeat("W", n)));
        Gen<string> lines = words.NonEmptyListOf().Select(all => string.Join('\n', all));
        return Gen.OneOf(
            lines.Select(text => text + "\n\n"),
            words.Select(text => $"## {text}\n\n"),
            words.Select(text => $"é😀 {text} ~~x~~ | `a|b`\n\n"),
            Gen.OneOf(Gen.Constant("```"), Gen.Constant("~~~~")).SelectMany(f => lines.Select(text => $"{f}text\n{text}\n\n# {text}\n{f}\n\n")),
            words.NonEmptyListOf().Select(rows => "| a | b |\n|---|---|\n" + string.Concat(rows.Select(r => $"| {r} | 1 |\n")) + "\n"),
            words.NonEmptyListOf().Select(items => string.Concat(items.Select(i => $"- {i}\n")) + "\n"),
            words.Select(text => $"> {text}\n\n"));
    }

    private static void AssertWhole(string part)
    {
        MarkdownDocument document = Markdig.Markdown.Parse(part, Pipeline);
        Assert.All(document.Descendants<FencedCodeBlock>(), f => Assert.True(f.ClosingFencedCharCount >= f.OpeningFencedCharCount, "a fence is open"));
        IEnumerable<Table> tables = document.Descendants<Table>();
        int rows = part.Split('\n').Count(l => l.StartsWith("| ", StringComparison.Ordinal));
        Assert.Equal(rows, tables.Sum(t => t.Count));
    }

    [GeneratedRegex(@"\bW\b", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\bw[0-9]+\b", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [Fact]
    public void Split_NestedTooDeeplyToBeRead_KeepsEveryCharacterAndTheBudget()
    {
        string report = string.Concat(Enumerable.Repeat("*a **b ", 2000)) + "\n" + string.Concat(Enumerable.Repeat("line\n", 500));
        IReadOnlyList<string> parts = ReportSplitter.Split(report, 1000);
        Assert.All(parts, part => Assert.InRange(ReportSplitter.Bytes(part), 1, 1000));
        Assert.Equal(report.Count(char.IsLetter), parts.Sum(part => part.Count(char.IsLetter)));
    }
}

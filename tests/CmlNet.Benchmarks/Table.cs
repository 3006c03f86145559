using System.Globalization;
using System.Text;

namespace CmlNet.Benchmarks;

/// <summary>The results as Markdown, and their place in the README.</summary>
internal static class Table
{
    private const string Begin = "<!-- results -->";
    private const string End = "<!-- /results -->";

    public static string Render(IEnumerable<Comparison> comparisons)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Measured on {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30):0} GiB of memory.\n\n");
        text.Append("| ours | reference | n | ours: median (min) | reference: median (min) | ratio | limit | |\n|---|---|--:|--:|--:|--:|--:|---|\n");
        foreach (Comparison row in comparisons)
        {
            string limit = row.Limit is { } most ? string.Create(CultureInfo.InvariantCulture, $"{most:0.0#}") : "";
            string ratio = row.Ratio is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0.00}{(row.Exceeded ? " (over)" : "")}") : "";
            text.Append(CultureInfo.InvariantCulture, $"| {row.Subject} | {row.Reference} | {row.Ours?.Count} | {Times(row.Ours, row.Unit)} | {Times(row.Theirs, row.Unit)} | {ratio} | {limit} | {row.Note} |\n");
        }
        return text.ToString();
    }

    /// <summary>Puts the table between the markers of the file.</summary>
    public static async Task WriteAsync(string path, string table, CancellationToken cancellationToken)
    {
        string text = await File.ReadAllTextAsync(path, cancellationToken);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new BenchmarkException($"{path} has no {Begin} ... {End}");
        await File.WriteAllTextAsync(path, $"{text[..begin]}{Begin}\n{table}{text[end..]}", cancellationToken);
    }

    private static string Times(Sample? sample, string unit)
        => sample is { Count: > 0 } ? string.Create(CultureInfo.InvariantCulture, $"{sample.Median:0.0} {unit} ({sample.Minimum:0.0})") : "";
}

using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Plots;

/// <summary>What can be known of a table from its first rows.</summary>
/// <param name="Names">Columns in file order.</param>
/// <param name="NumericNames">Those that hold a number, or nothing, in the first row.</param>
internal sealed record PlotHeader(IReadOnlyList<string> Names, IReadOnlyList<string> NumericNames)
{
    /// <exception cref="ArtifactException">There is no header row.</exception>
    public static PlotHeader OfCsv(ArtifactFile file)
    {
        using CsvFile csv = CsvFile.Open(file);
        var names = csv.Columns;
        if (!csv.Read())
            return new PlotHeader(names, names);
        bool[] numeric = new bool[names.Count];
        for (int i = 0; i < numeric.Length; i++)
            numeric[i] = csv.TryNumber(i, out _) || csv.IsMissing(i);
        return new PlotHeader(names, [.. names.Where((_, i) => numeric[i])]);
    }

    /// <summary>The column as the file spells it.</summary>
    /// <param name="name">Matched exactly, then without regard to case.</param>
    /// <param name="option">The option that names it, for the message.</param>
    /// <exception cref="ArtifactException">There is none.</exception>
    public string Find(string name, string option) =>
        Names.FirstOrDefault(known => known == name) ?? Names.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArtifactException($"no column '{name}' ({option}). Columns: {string.Join(", ", Names.Take(30))}");

    /// <summary>The first column with one of the usual names; null when there is none.</summary>
    public string? Usual(IReadOnlyList<string> usual) =>
        usual.Select(name => Names.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(found => found is not null);
}

using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Data;

/// <summary>A data file, column by column; the order of rows is lost.</summary>
/// <param name="Columns">In file order.</param>
/// <param name="Rows">Number of rows.</param>
internal sealed record DataTable(IReadOnlyList<DataColumn> Columns, long Rows)
{
    private const int MostValues = 100_000_000;

    public DataColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <exception cref="ArtifactException">Not a CSV file, or without rows.</exception>
    public static DataTable Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        using CsvFile csv = CsvFile.Open(file);
        DataColumnBuilder[] builders = [.. csv.Columns.Select(name => new DataColumnBuilder(name))];
        long rows = 0;
        while (csv.ReadRows([.. builders.Index().Where(one => one.Item.IsNumeric).Select(one => one.Index)], out CsvRows read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows += read.Count;
            if (rows * builders.Length > MostValues)
                throw new ArtifactException($"more than {MostValues} values; compare a sample", read.Line(0));
            for (int i = 0; i < builders.Length; i++)
                builders[i].Add(read, i);
        }

        return rows > 0 ? new DataTable([.. builders.Select(builder => builder.Build())], rows) : throw new ArtifactException("has a header but no rows", 1);
    }
}

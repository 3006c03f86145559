using CmlNet.Reports.Data;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Drift;

/// <summary>A data file of now and, as its companion, the reference. Only read when asked for.</summary>
internal sealed class DriftReader : IArtifactReader
{
    public const string ReaderName = "drift";

    /// <summary>Name of the companion.</summary>
    public const string Reference = "reference";

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file) => false;

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        ArtifactFile referenceFile = file.Companion(Reference);
        DataTable reference = DataTable.Read(referenceFile, cancellationToken), now = DataTable.Read(file, cancellationToken);
        List<DriftColumn> columns = [];
        List<string> skipped = [.. reference.Columns.Where(column => now.Find(column.Name) is null && IsAsked(file, column.Name)).Select(column => $"{column.Name} (not in {file.Path})")];
        foreach (DataColumn column in now.Columns.Where(column => IsAsked(file, column.Name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string why = $"not in {referenceFile.Path}";
            if (reference.Find(column.Name) is { } before && DriftTests.Test(before, column, out why) is { } tested)
                columns.Add(tested);
            else
                skipped.Add($"{column.Name} ({why})");
        }

        return new DriftArtifact
        {
            Path = file.Path,
            Result = new DriftResult
            {
                File = file.Path, ReferenceFile = referenceFile.Path, ReferenceRows = reference.Rows, CurrentRows = now.Rows, Skipped = skipped,
                Columns = [.. columns.OrderByDescending(column => column.IsDrifted).ThenByDescending(column => column.Severity).ThenBy(column => column.Name, StringComparer.Ordinal)],
            },
        };
    }

    private static bool IsAsked(ArtifactFile file, string column) => file.Columns.Count == 0 || file.Columns.Contains(column, StringComparer.Ordinal);
}

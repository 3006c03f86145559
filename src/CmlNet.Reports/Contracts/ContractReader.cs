using CmlNet.Reports.Data;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Contracts;

/// <summary>A data file with its declared rules and, as its companion, the reference to learn the rest from. Only read when asked for.</summary>
internal sealed class ContractReader : IArtifactReader
{
    public const string ReaderName = "contract";

    /// <summary>Name of the companion.</summary>
    public const string Reference = "reference";

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file) => false;

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        ArtifactFile? reference = file.Companions.ContainsKey(Reference) ? file.Companion(Reference) : null;
        if (reference is null && file.Rules.Count == 0)
            throw new ArtifactException("has no contract: give a reference to learn it from, or columns with rules");
        IReadOnlyList<ColumnRule> rules = reference is null ? file.Rules : ContractRules.Learn(DataTable.Read(reference, cancellationToken), file.Rules);
        DataTable data = DataTable.Read(file, cancellationToken);
        return new ContractArtifact
        {
            Path = file.Path,
            Result = new ContractResult
            {
                File = file.Path,
                ReferenceFile = reference?.Path,
                Rows = data.Rows,
                Columns = rules.Count,
                Violations = ContractCheck.Check(data, rules),
                Unknown = [.. data.Columns.Select(column => column.Name).Except(rules.Select(rule => rule.Name), StringComparer.Ordinal)],
            },
        };
    }
}

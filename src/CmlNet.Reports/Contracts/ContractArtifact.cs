using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Contracts;

/// <summary>What came of holding a data file against its contract.</summary>
internal sealed record ContractArtifact : Artifact
{
    public required ContractResult Result { get; init; }
}

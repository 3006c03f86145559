namespace CmlNet.Reports.Contracts;

/// <summary>Whether data is as declared, or as its reference was.</summary>
internal sealed record ContractResult
{
    public required string File { get; init; }

    /// <summary>Null when every rule is declared.</summary>
    public string? ReferenceFile { get; init; }

    public required long Rows { get; init; }

    /// <summary>Number of columns with rules.</summary>
    public required int Columns { get; init; }

    public required IReadOnlyList<ContractViolation> Violations { get; init; }

    /// <summary>Columns without any rule.</summary>
    public required IReadOnlyList<string> Unknown { get; init; }
}

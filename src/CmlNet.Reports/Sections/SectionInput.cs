using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Sections;

/// <summary>All that was read, for every section to pick from.</summary>
internal sealed record SectionInput
{
    /// <summary>In the order the files were named or found.</summary>
    public required IReadOnlyList<Artifact> Artifacts { get; init; }

    /// <summary>The same with the baseline's.</summary>
    public required IReadOnlyList<ArtifactPair> Pairs { get; init; }

    /// <summary>What was compared and judged.</summary>
    public required ReportFacts Facts { get; init; }

    /// <summary>What could not be read, by the name of the reader that failed.</summary>
    public required ILookup<string, string> Failures { get; init; }
}

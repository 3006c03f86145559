using CmlNet.Reports.Readers.JUnit;

namespace CmlNet.Reports.Findings;

/// <summary>Tests of this run, and which of those that fail did not in the baseline.</summary>
/// <param name="Tests">This run's.</param>
/// <param name="Old">The baseline's; null without.</param>
/// <param name="Broken">Names of tests that failed here and not there; empty without a baseline.</param>
internal sealed record TestsResult(TestsArtifact Tests, TestsArtifact? Old, IReadOnlySet<string> Broken)
{
    public static TestsResult Of(TestsArtifact now, TestsArtifact? old) =>
        new(now, old, old is null ? new HashSet<string>(StringComparer.Ordinal) : now.Unsuccessful.Select(test => test.Name).Except(old.Unsuccessful.Select(test => test.Name), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal));
}

namespace CmlNet.Reports.Readers.JUnit;

/// <summary>How a test case ended, the worst last.</summary>
internal enum TestOutcome
{
    Passed,
    Skipped,
    Failed,
    Error,
}

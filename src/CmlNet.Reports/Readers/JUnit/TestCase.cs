namespace CmlNet.Reports.Readers.JUnit;

/// <summary>One case of a test run.</summary>
/// <param name="Name">With its class, as <c>class.name</c> where there is one.</param>
/// <param name="Outcome">The worst of its results.</param>
/// <param name="Seconds">How long it took; null when not recorded.</param>
/// <param name="Message">What the worst result says; empty when it passed.</param>
/// <param name="File">Where it is defined; null when not recorded.</param>
/// <param name="Line">From 1; null when not recorded.</param>
internal sealed record TestCase(string Name, TestOutcome Outcome, double? Seconds, string Message, string? File, int? Line);

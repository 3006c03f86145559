using CmlNet.Workflows.Execution.Commands;

namespace CmlNet.Workflows.Execution.Matchers;

/// <summary>A problem seen in ordinary output.</summary>
/// <param name="LogLine">What the log shows in the line's place, secrets hidden, e.g. <c>##[error]a.py:1: bad</c>.</param>
internal sealed record MatcherFinding(Annotation Annotation, string LogLine);

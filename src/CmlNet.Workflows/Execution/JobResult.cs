namespace CmlNet.Workflows.Execution;

/// <summary>How a job ended as the jobs that need it see it: all legs together, <c>continue-on-error</c> applied.</summary>
internal sealed record JobResult(string Conclusion, IReadOnlyDictionary<string, string> Outputs);

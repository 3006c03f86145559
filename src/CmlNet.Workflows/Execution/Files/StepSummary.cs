namespace CmlNet.Workflows.Execution.Files;

/// <summary>One step's summary, its secrets hidden. <see cref="Error"/> is set when it was too large and dropped.</summary>
internal sealed record StepSummary(string Markdown, string? Error)
{
    public static StepSummary Empty { get; } = new("", Error: null);
}

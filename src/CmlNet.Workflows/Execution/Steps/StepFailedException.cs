namespace CmlNet.Workflows.Execution.Steps;

/// <summary>The step fails with this message as its error annotation.</summary>
internal sealed class StepFailedException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What went wrong is already in the log and the annotations.</summary>
    public bool IsReported { get; init; }
}

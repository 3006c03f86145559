namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host that runs workflows.</summary>
public interface IWorkflowHost
{
    /// <summary>Runs a workflow again; one that has not ended is cancelled first, where the host runs the same one again.</summary>
    /// <param name="runId">The run's number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, cannot be reached, or the run did not end within ten minutes of being cancelled.</exception>
    Task RerunWorkflowAsync(string runId, CancellationToken cancellationToken = default);
}

namespace CmlNet.Publishing.Diagnosis;

/// <summary>A code host that can tell what its token may do, changing nothing.</summary>
public interface IHostDiagnosis
{
    /// <summary>What the host says of token, permissions, repository and limits.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    IAsyncEnumerable<Finding> DiagnoseAsync(CancellationToken cancellationToken = default);
}

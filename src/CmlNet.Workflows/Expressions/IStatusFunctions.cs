namespace CmlNet.Workflows.Expressions;

/// <summary>The status of what ran before: the job for a step, the needed jobs for a job (no job ids = all of them).</summary>
public interface IStatusFunctions
{
    bool Success(IReadOnlyList<string> jobIds);

    bool Failure(IReadOnlyList<string> jobIds);

    bool Cancelled();
}

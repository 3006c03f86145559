namespace CmlNet.Workflows.Execution;

/// <summary>The mark of a job's processes on this machine: <c>cml;owner;run;job</c>.</summary>
internal static class RunTracking
{
    private const string Prefix = "cml";

    /// <param name="runId">The run.</param>
    /// <param name="job">Unlike any other job of the run.</param>
    public static string Of(string runId, string job) => $"{Prefix};{OwnerLabel.Current};{runId};{job}";

    /// <summary>The <c>cml run</c> whose process it is was killed.</summary>
    public static bool IsOfDead(string mark) => mark.Split(';') is [Prefix, var owner, _, _] && OwnerLabel.IsDead(owner);
}

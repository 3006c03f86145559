namespace CmlNet.Workflows.Execution.Records;

/// <summary>GitHub's words for how something ended.</summary>
public static class Conclusions
{
    public const string Success = "success";
    public const string Failure = "failure";
    public const string Cancelled = "cancelled";
    public const string Skipped = "skipped";
}

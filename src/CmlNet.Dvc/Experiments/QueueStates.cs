namespace CmlNet.Dvc.Experiments;

/// <summary>What may become of an experiment in the queue.</summary>
public static class QueueStates
{
    public const string Queued = "Queued";

    public const string Running = "Running";

    public const string Success = "Success";

    public const string Failed = "Failed";
}
